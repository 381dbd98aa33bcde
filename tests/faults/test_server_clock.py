"""Row 36: the server's clock is set back by an hour. Order is the journal's, never the clock's."""

from tests.conftest import PhoneOf
from tests.faults.sender import Sender
from tests.support.world import Cast, FakeClock


def test_row_36_a_server_set_back_by_an_hour_goes_on_in_order(phone_of: PhoneOf, cast: Cast, clock: FakeClock) -> None:
    sender = Sender(phone_of(cast.alva))
    sender.write(2)
    sender.offer()
    before = max(told["seq"] for told in sender.receipts.values())
    seen, cursor = sender.phone.pull_all()
    clock.advance(hours=-1)
    sender.write(2)
    assert sender.offer() == "answered"
    assert sender.kept == {}
    later = [key for key, told in sender.receipts.items() if told["seq"] > before]
    assert len(later) == 2
    assert {sender.receipts[key]["status"] for key in later} == {"applied"}
    changes, _ = sender.phone.pull_all(cursor=cursor)
    assert [change["id"] for change in changes if change["kind"] == "checkin"] == later
    assert not {change["id"] for change in seen} & set(later)
