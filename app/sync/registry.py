"""The table of all released op types, and of all tables that a rebuild makes anew."""

from app.access import projector as access
from app.alert import projector as alert
from app.briefing import projector as briefing
from app.checkin import projector as checkin
from app.escalation import projector as escalation
from app.followup import projector as followup
from app.journal import projector as journal
from app.journal.ops import Registry
from app.observation import projector as observation
from app.photo import projector as photo
from app.place import projector as place
from app.review import projector as review
from app.shift import projector as shift

JOBS = (journal, access, place, shift, checkin, observation, escalation, review, photo, briefing, followup, alert)
REGISTRY = Registry.of(*(job.OPS for job in JOBS))
PROJECTIONS = (*access.TABLES, *place.TABLES, *shift.TABLES, *checkin.TABLES, *observation.TABLES, *escalation.TABLES,
               *review.TABLES, *photo.TABLES, *briefing.TABLES, *followup.TABLES, *alert.TABLES)  # fmt: skip
