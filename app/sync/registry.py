"""The table of all released op types, and of all tables that a rebuild makes anew."""

from app.access import projector as access
from app.alert import projector as alert
from app.briefing import projector as briefing
from app.checkin import projector as checkin
from app.debrief import projector as debrief
from app.disclosure import projector as disclosure
from app.duplicate import projector as duplicate
from app.epoch import projector as epoch
from app.escalation import projector as escalation
from app.find import projector as find
from app.followup import projector as followup
from app.journal import history
from app.journal import projector as journal
from app.journal.ops import Registry
from app.missing import projector as missing
from app.observation import projector as observation
from app.photo import projector as photo
from app.place import projector as place
from app.plan import projector as plan
from app.retention import projector as retention
from app.review import projector as review
from app.shift import projector as shift
from app.situation import projector as situation

JOBS = (journal, access, place, shift, checkin, observation, escalation, review, photo, briefing, followup, alert,
        duplicate, missing, find, plan, situation, debrief, disclosure, epoch, retention)  # fmt: skip
REGISTRY = Registry.of(*(job.OPS for job in JOBS))
PROJECTIONS = (*history.TABLES, *access.TABLES, *place.TABLES, *shift.TABLES, *checkin.TABLES, *observation.TABLES,
               *escalation.TABLES, *review.TABLES, *photo.TABLES, *briefing.TABLES, *followup.TABLES, *alert.TABLES,
               *duplicate.TABLES, *missing.TABLES, *find.TABLES, *plan.TABLES, *situation.TABLES,
               *debrief.TABLES, *disclosure.TABLES, *epoch.TABLES, *retention.TABLES)  # fmt: skip
