"""What a revoked phone hands in: all of it is kept, and none of it counts until somebody takes it in (decision 16)."""

from app.access.accounts import revoked_key
from app.journal.ops import Op, Why


def held(op: Op, device_id: str) -> Op:
    """Waits for a person. In the name of somebody who never signed in on that phone it waits for ever: whoever has the

    phone could else write as anybody, in between what is taken in in good faith.
    """
    if op.why is Why.ENVELOPE:  # no version could ever apply it
        return op
    return op._replace(why=Why.REVOKED, waits_for=op.waits_for if op.why is Why.AUTHOR else revoked_key(device_id))
