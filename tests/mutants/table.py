"""The named ways in which the build is broken on purpose, and the test that must notice each."""

from dataclasses import dataclass

SIMULATION = "src/sync/sim"
MACHINE = "tests/machine/test_machine.py"


@dataclass(frozen=True)
class Mutant:
    """`text` occurs exactly once in `file`; `test` is a pytest node, or a path under pwa/ for vitest."""

    name: str
    holds: str
    file: str
    text: str
    becomes: str
    test: str

    @property
    def is_client(self) -> bool:
        return self.file.startswith("pwa/")


#: Photos of the simulation, and what lies beside them.
PHOTOS = (
    Mutant(
        "a photo counts as sent before the server says that it is whole", "I14",
        "pwa/src/sync/lane.ts", "if (at.isComplete && at.offset === size) {", "if (upload.offset !== null) {",
        SIMULATION,
    ),
    Mutant(
        "each chunk holds the beginning of its photo", "I14",
        "pwa/src/sync/photos.ts", "whole.slice(offset, offset + bytes)", "whole.slice(0, bytes)", SIMULATION,
    ),
    Mutant(
        "a photo is let go of though an op names it", "I11",
        "pwa/src/sync/photos.ts", "return named.has(sha256) || isInForm;", "return isInForm;", SIMULATION,
    ),
    Mutant(
        "a photo that the server has lost is not sent again", "I22",
        "pwa/src/store/blobs.ts", "row.state === \"waiting\" ? null : { ...row, state: \"waiting\", offset: 0 }",
        "row.state !== \"kept\" ? null : { ...row, state: \"waiting\", offset: 0 }", SIMULATION,
    ),
    Mutant(
        "ops wait until no photo waits", "I13",
        "pwa/src/sync/machine.ts", "    if (slot === \"bulk\" && state.flights.urgent) continue;\n",
        "    if (slot === \"bulk\" && state.flights.urgent) continue;\n"
        "    if (slot === \"bulk\" && [...state.lane.uploads.values()].some(({ isSent }) => !isSent)) continue;\n",
        SIMULATION,
    ),
    Mutant(
        "a call for help shares the line with a photo that is under way", "I20",
        "pwa/src/sync/machine.ts", "return lane.rules?.halted(state) ?? quiet(state);", "return quiet(state);",
        SIMULATION,
    ),
    Mutant(
        "a photo that was halted while its bytes were read goes out all the same", "I20",
        "pwa/src/api/upload.ts", "if (signal.aborted) abort();", "", "src/api/upload.test.ts",
    ),
    Mutant(
        "a revoked phone is emptied though the server lacks a photo", "I19",
        "pwa/src/sync/check.ts", " && answer.missing_blobs.length === 0;", ";",
        "src/sync/revoked.test.ts",
    ),
    Mutant(
        "a photo is stored as a Blob", "I2",
        "pwa/src/store/blobs.ts", "put(chunk, [sha256, n])",
        "put(new Blob([chunk as ArrayBuffer]), [sha256, n])", "src/store/blobs.test.ts",
    ),
)  # fmt: skip

CLIENT = (
    Mutant(
        "an op is stored in a transaction that is not strict", "I2",
        "pwa/src/store/ops.ts",
        "db.transaction([\"ops\", \"meta\", \"drafts\"], \"readwrite\", { durability: \"strict\" })",
        "db.transaction([\"ops\", \"meta\", \"drafts\"], \"readwrite\")", "src/outbox/add.test.ts",
    ),
    Mutant(
        "an op leaves the outbox without a receipt", "I1",
        "pwa/src/sync/answers.ts", "    if (receipt) {", "    if (entry) {", SIMULATION,
    ),
    Mutant(
        "the nonce of an answer is not looked at", "I1",
        "pwa/src/sync/outcome.ts", "if (answer.nonce !== request.nonce)", "if (answer.nonce === null)", SIMULATION,
    ),
    Mutant(
        "the hash in a result is not looked at", "I1",
        "pwa/src/sync/answers.ts", "each.id === id && each.hash === entry.hash", "each.id === id", SIMULATION,
    ),
    Mutant(
        "any 200 counts as an answer for every op", "I1",
        "pwa/src/sync/answers.ts", "const receipt = result && receiptOf(result, answer.epoch);",
        "const receipt = receiptOf(result ?? { id, hash: entry.hash, status: 'applied', seq: 1,"
        " received_at: answer.server_time, why: null }, answer.epoch);", SIMULATION,
    ),
    Mutant(
        "an op that is refused once with a 4xx is skipped", "I22",
        "pwa/src/sync/answers.ts", "new Map(state.entries).set(entry.id, marked)",
        "new Map([...state.entries].filter(([id]) => id !== entry.id))", SIMULATION,
    ),
    Mutant(
        "the lease of a frozen page never runs out", "I22",
        "pwa/src/sync/leader.ts", "return age_ms > LEASE_MS;", "return age_ms < 0;", "src/sync/leader.test.ts",
    ),
    Mutant(
        "client numbers begin anew at a start", "I12",
        "pwa/src/store/ops.ts", "if (!held) await tx.store.put(install, \"install\");",
        "await tx.store.put({ ...install, next_seq: 1 }, \"install\");", SIMULATION,
    ),
    Mutant(
        "a server that went back in time is offered nothing", "I11",
        "pwa/src/store/marks.ts", "row.receipt?.epoch === epoch ? null", "row.receipt !== null ? null",
        "src/sync/check.test.ts",
    ),
    Mutant(
        "what the server has lost is not offered again", "I11",
        "pwa/src/sync/effects.ts", "markChecked(checked.epoch, lost)", "markChecked(checked.epoch, [])",
        "src/sync/check.test.ts",
    ),
    Mutant(
        "a new epoch's numbers judge what was answered in another", "I11",
        "pwa/src/store/marks.ts", "    receipt.epoch === epoch &&\n", "", "src/sync/run.test.ts",
    ),
    Mutant(
        "answered ops are dropped at once", "I11",
        "pwa/src/store/marks.ts", "const KEEP_ACKED_MS = 14 * 24 * 3_600_000;", "const KEEP_ACKED_MS = 0;", SIMULATION,
    ),
    Mutant(
        "answered ops are dropped before a backup covers them", "I11",
        "pwa/src/store/marks.ts", "(durable_seq === null || receipt.seq <= durable_seq)", "durable_seq !== -1",
        "src/sync/run.test.ts",
    ),
    Mutant(
        "escalations go out among the other ops", "I20",
        "pwa/src/sync/batch.ts", "entry.urgent === (slot === \"urgent\") && !flying", "!flying", SIMULATION,
    ),
    Mutant(
        "an op is called saved as soon as it is handed to the database", "I2",
        "pwa/src/outbox/add.ts",
        "    const written = await storeOp({ op: sealed, lastId: newId(), ...count, ...(over ? { over } : {}) });\n",
        "    void storeOp({ op: sealed, lastId: newId(), ...count }).catch(() => undefined);\n"
        "    return newRow(sealed, { install: \"\", seq: 0 });\n"
        "    const written = await storeOp({ op: sealed, lastId: newId(), ...count, ...(over ? { over } : {}) });\n",
        SIMULATION,
    ),
    Mutant(
        "the cursor moves before its page is applied", "I10",
        "pwa/src/store/cache.ts", "if (held !== from) return held === cursor;",
        "if (changes.length > 3) changes.shift();", SIMULATION,
    ),
)  # fmt: skip

SERVER = (
    Mutant(
        "a receipt is given before the commit", "I5",
        "app/journal/append.py",
        "            with self.db.write() as conn:\n                batch, kept = self._in_transaction(conn, group)\n",
        "            writing = self.db.write()\n"
        "            batch, kept = self._in_transaction(writing.__enter__(), group)\n"
        "            threading.Timer(0.2, writing.__exit__, (None, None, None)).start()\n",
        "tests/journal/test_append.py::test_receipts_are_given_only_after_the_commit",
    ),
    Mutant(
        "SQLite does not wait for the disk", "I5",
        "app/core/db.py", "synchronous=FULL\", \"foreign", "synchronous=NORMAL\", \"foreign",
        "tests/core/test_db.py::test_sqlite_waits_for_the_disk_at_every_commit",
    ),
    Mutant(
        "SQLite does not wait for the disk, and the power goes", "I5",
        "app/core/db.py", "synchronous=FULL\", \"foreign", "synchronous=NORMAL\", \"foreign",
        "tests/faults/test_power_cut.py::test_row_46_after_a_power_cut_at_any_moment_all_that_was_answered_is_there",
    ),
    Mutant(
        "numbers are given out as by an identity column, without the head's lock", "I9",
        "app/journal/rows.py", "_HEAD if conn.dialect.name == \"sqlite\" else f\"{_HEAD} FOR UPDATE\"", "_HEAD",
        "tests/journal/test_reader.py::test_a_second_writer_waits_for_the_first_to_commit",
    ),
    Mutant(
        "a page's cursor runs ahead of what the page holds", "I9",
        "app/sync/pull.py", "last = Cursor(*chosen[-1][:3]) if chosen else after",
        "last = Cursor(*found[-1][:3]) if found else after",
        "tests/sync/test_pull.py::test_pages_of_any_size_give_the_same",
    ),
    Mutant(
        "a repeat is known by its id alone", "I8",
        "app/journal/store.py", "next((k for k in same if k.hash == op.hash), None)", "next(iter(same), None)",
        "tests/journal/test_append.py::test_same_id_with_other_bytes_keeps_both_and_quarantines_the_later",
    ),
    Mutant(
        "a repeat is known by the phone's number for it, not by its id", "I4",
        "app/journal/store.py", "known = rows.known(conn, ids)",
        "known = {op.id: [rows.Known(op.hash, 1, batch.received_at, Status.APPLIED, None)] for op in ops if op.install"
        " and op.client_seq and rows.count_client_seqs(conn, op.install, [op.client_seq])}",
        MACHINE,
    ),
    Mutant(
        "what is released is shown at the place where it came", "I9",
        "app/journal/store.py", "accept(op, row.seq, row.received_at, top)",
        "accept(op, row.seq, row.received_at, row.seq)",
        MACHINE,
    ),
    Mutant(
        "an op of an unknown author is applied", "I6",
        "app/journal/read.py", "why, waits_for = Why.AUTHOR, unknown_author", "pass", MACHINE,
    ),
    Mutant(
        "a chunk is put behind what lies there, not at its offset", "I14",
        "app/blob/store.py", "            os.ftruncate(file, at)\n            _write_all(file, chunk, at)\n",
        "            _write_all(file, chunk, os.fstat(file).st_size)\n",
        "tests/blob/test_writers.py::test_what_lies_behind_the_offset_is_cut_off",
    ),
    Mutant(
        "a photo's offset is noted before its bytes are written", "I14",
        "app/blob/upload.py",
        "    store.write(claim.part, chunk.at, chunk.content)\n"
        "    return _verified(ctx, store, claim) if chunk.is_last else _record(ctx, store, claim, chunk.end)\n",
        "    noted = None if chunk.is_last else _record(ctx, store, claim, chunk.end)\n"
        "    store.write(claim.part, chunk.at, chunk.content)\n"
        "    return noted or _verified(ctx, store, claim)\n",
        "tests/blob/test_writers.py::test_a_cut_between_write_and_record_loses_that_chunk_alone",
    ),
    Mutant(
        "the way to the server counts for nothing in an estimate", "I15",
        "app/sync/rules.py", "way_ms + CORRECTION_MS + DRIFT * age_ms", "CORRECTION_MS + DRIFT * age_ms",
        "tests/sync/test_estimate.py::test_the_true_moment_lies_within_the_interval",
    ),
    Mutant(
        "the parts of the chain are joined without their lengths", "I21",
        "app/journal/chain.py",
        "(size[len(previous)], previous, size[len(name)], name, size[len(op_hash)], op_hash,\n"
        "                  size[len(number)], number, size[len(received)], received)",
        "(previous, name, op_hash, number, received)",
        "tests/journal/test_chain.py::test_chain_can_be_recomputed_by_anyone",
    ),
    Mutant(
        "nobody asks whether the phone has seen another history", "I11",
        "app/journal/append.py", "if waiting.guard is not None:", "if waiting.guard is not None and not waiting.ops:",
        "tests/sync/test_push.py::test_a_chain_that_the_server_never_had_mints_one_epoch",
    ),
    Mutant(
        "what is quarantined is not kept", "I6",
        "app/journal/store.py", "rows.store(conn, stored)",
        "rows.store(conn, [row for row in stored if row.why is None])",
        "tests/journal/test_release.py::test_what_misses_its_target_waits_and_is_applied_when_it_comes",
    ),
    Mutant(
        "what waits is not tried again when its target comes", "I6",
        "app/journal/store.py", "if batch.waiting and keys:", "if batch.waiting and not keys:",
        "tests/journal/test_release.py::test_what_misses_its_target_waits_and_is_applied_when_it_comes",
    ),
    Mutant(
        "of two contents under one id the later counts too once somebody asks for it", "I8",
        "app/journal/ops.py", "RETRIED = frozenset({Why.BODY,", "RETRIED = frozenset({Why.CONFLICT, Why.BODY,",
        "tests/review/test_waiting.py::test_two_contents_under_one_id_are_both_shown_and_neither_is_tried_again",
    ),
    Mutant(
        "projectors run without a savepoint", "I7",
        "app/journal/apply.py",
        "    try:\n        with conn.begin_nested():\n            return kind.project",
        "    try:\n        if conn is not None:\n            return kind.project",
        "tests/journal/test_append.py::test_a_projector_that_fails_quarantines_only_its_own_op",
    ),
    Mutant(
        "bytes damaged on the way are stored", "I3",
        "app/journal/read.py", "if raw.get(\"hash\") != chain.text(digest):", "if raw.get(\"hash\") is None:",
        "tests/sync/test_push.py::test_what_was_damaged_on_the_way_is_asked_for_again_and_not_stored",
    ),
    Mutant(
        "holes in a phone's numbers are not named", "I12",
        "app/sync/push.py", "            if seq > expected:", "            if seq < expected:",
        "tests/sync/test_push.py::test_holes_are_named_until_they_are_filled",
    ),
)  # fmt: skip

MUTANTS = (*CLIENT, *PHOTOS, *SERVER)
