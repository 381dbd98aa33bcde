"""Who may do what: one table, read top to bottom. Routes name a right, never a role."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    HOST = "host"
    SUPERVISOR = "supervisor"
    ANALYST = "analyst"
    ARCHIVIST = "archivist"
    DATA_PROTECTION = "dataprotection"
    ADMIN = "admin"


class Scope(StrEnum):
    """What an API token may do."""

    READ = "read"
    WRITE = "write"
    RESTRICTED = "restricted"


class Right(StrEnum):
    REFERENCE_READ = "reference.read"
    RECORD_READ = "record.read"
    RECORD_READ_ALL = "record.read-all"
    RECORD_READ_RESTRICTED = "record.read-restricted"
    RECORD_WRITE = "record.write"
    REVIEW_READ = "review.read"
    REVIEW_WRITE = "review.write"
    #: What waits where no page of a shift shows it.
    QUARANTINE_READ = "quarantine.read"
    QUARANTINE_RELEASE = "quarantine.release"
    #: Texts with an identity number in them, which are hidden from all others but their author.
    WORDS_READ = "words.read"
    #: That the database went back in time: to read it, and to say that one looks after it.
    EPOCH_KEEP = "epoch.keep"
    LIVE = "live"
    #: To be told: one's own browsers and addresses.
    NOTICE_OWN = "notice.own"
    #: Everything stored about oneself.
    DATA_OWN = "data.own"
    CONTACT_READ_ALL = "contact.read-all"
    #: A week's figures, words and editions.
    SITUATION_READ = "situation.read"
    SITUATION_WRITE = "situation.write"
    ALERT_READ = "alert.read"
    ALERT_ANSWER = "alert.answer"
    #: What comes of reports: follow-ups, pairs of reports of one event, what is missing.
    FOLLOWUP = "followup"
    #: To search among all records, and to take what was found as a file.
    FIND = "find"
    FIND_OWN = "find.own"
    EXPORT = "export"
    #: To hand out masked extracts, and the register of them.
    DISCLOSE = "disclose"
    #: Who is here, in which role, on which phones: no addresses.
    PEOPLE_READ = "people.read"
    PEOPLE_EDIT = "people.edit"
    #: Places, areas, numbers; and to read which categories there are, and who is told of an alarm.
    REFERENCE_EDIT = "reference.edit"
    CATEGORY_EDIT = "category.edit"
    LADDER_EDIT = "ladder.edit"
    PLAN_EDIT = "plan.edit"
    #: One's own planned shifts, in one's own calendar.
    PLAN_OWN = "plan.own"
    #: The key of a phone that one uses, for somebody who has forgotten its PIN.
    LOCK_OPEN = "lock.open"
    #: What is decided to be erased and when, what was, and which shifts are kept all the same.
    RETENTION_READ = "retention.read"
    RETENTION_HOLD = "retention.hold"
    RETENTION_DECIDE = "retention.decide"


_R = Role
EVERYBODY = frozenset(Role)
OVERSEERS = frozenset({_R.SUPERVISOR, _R.ADMIN})

#: right → roles of signed-in people
BY_ROLE: dict[Right, frozenset[Role]] = {
    Right.REFERENCE_READ: EVERYBODY,
    Right.RECORD_READ: EVERYBODY,
    Right.RECORD_READ_ALL: EVERYBODY - {_R.HOST},
    Right.RECORD_READ_RESTRICTED: OVERSEERS | {_R.DATA_PROTECTION},
    Right.RECORD_WRITE: OVERSEERS,
    Right.REVIEW_READ: OVERSEERS,
    Right.REVIEW_WRITE: OVERSEERS,
    Right.QUARANTINE_READ: OVERSEERS | {_R.DATA_PROTECTION},
    Right.QUARANTINE_RELEASE: OVERSEERS,
    Right.WORDS_READ: frozenset({_R.DATA_PROTECTION}),
    Right.EPOCH_KEEP: OVERSEERS,
    Right.LIVE: OVERSEERS | {_R.HOST},
    Right.NOTICE_OWN: EVERYBODY,
    Right.DATA_OWN: EVERYBODY,
    Right.CONTACT_READ_ALL: frozenset({_R.ADMIN}),
    Right.SITUATION_READ: OVERSEERS | {_R.ANALYST},
    Right.SITUATION_WRITE: OVERSEERS | {_R.ANALYST},
    Right.ALERT_READ: OVERSEERS | {_R.HOST},
    Right.ALERT_ANSWER: OVERSEERS | {_R.HOST},
    Right.FOLLOWUP: OVERSEERS,
    Right.FIND: EVERYBODY - {_R.HOST},
    Right.FIND_OWN: EVERYBODY - {_R.HOST},
    Right.EXPORT: EVERYBODY - {_R.HOST},
    Right.DISCLOSE: OVERSEERS | {_R.ARCHIVIST, _R.DATA_PROTECTION},
    Right.PEOPLE_READ: OVERSEERS,
    Right.PEOPLE_EDIT: frozenset({_R.ADMIN}),
    Right.REFERENCE_EDIT: OVERSEERS,
    Right.CATEGORY_EDIT: frozenset({_R.ADMIN}),
    Right.LADDER_EDIT: frozenset({_R.ADMIN}),
    Right.PLAN_EDIT: OVERSEERS,
    Right.PLAN_OWN: EVERYBODY,
    Right.LOCK_OPEN: EVERYBODY,
    Right.RETENTION_READ: OVERSEERS | {_R.ARCHIVIST, _R.DATA_PROTECTION},
    Right.RETENTION_HOLD: OVERSEERS | {_R.ARCHIVIST, _R.DATA_PROTECTION},
    Right.RETENTION_DECIDE: frozenset({_R.ARCHIVIST, _R.DATA_PROTECTION, _R.ADMIN}),
}

#: right → the scope that gives it to a program
BY_SCOPE: dict[Right, Scope] = {
    Right.REFERENCE_READ: Scope.READ,
    Right.RECORD_READ: Scope.READ,
    Right.RECORD_READ_ALL: Scope.READ,
    Right.RECORD_READ_RESTRICTED: Scope.RESTRICTED,
    Right.RECORD_WRITE: Scope.WRITE,
    Right.FIND: Scope.READ,
    Right.EXPORT: Scope.READ,
}


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who asks: a person with a role, or a program with scopes. Every read takes one."""

    id: str
    name: str
    role: Role | None
    scopes: frozenset[Scope] = frozenset()
    username: str = ""

    def may(self, right: Right) -> bool:
        if self.role is not None:
            return self.role in BY_ROLE[right]
        return BY_SCOPE.get(right) in self.scopes

    @property
    def scope_name(self) -> str:
        """The reader's scope in a pull cursor: a change of it asks for a fresh start."""
        if self.may(Right.WORDS_READ):
            return "words"
        wide = "restricted" if self.may(Right.RECORD_READ_RESTRICTED) else "all"
        return wide if self.may(Right.RECORD_READ_ALL) else f"own:{self.id}"
