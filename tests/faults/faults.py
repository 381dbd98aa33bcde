"""What a network does to a request. Each is handed to `Proxy.spoil`."""

import asyncio
from collections.abc import Callable

from tests.faults.proxy import CHUNK, Exchange, Fault
from tests.faults.wire import PORTAL, PORTAL_REDIRECT, TOO_LARGE, body_of, with_body

Change = Callable[[bytes], bytes]


def cut_up(bytes_: int) -> Fault:
    """The server gets so many bytes of the request, then nothing more."""

    async def fault(way: Exchange) -> None:
        await way.hand_over(way.request.raw[:bytes_])
        way.reset()

    return fault


def cut_down(bytes_: int) -> Fault:
    """The phone gets so many bytes of the answer's body, in good order, then the connection ends."""

    async def fault(way: Exchange) -> None:
        answer = await way.ask()
        head = len(answer) - len(body_of(answer))
        await way.answer(answer[: head + bytes_])

    return fault


async def drop_request(way: Exchange) -> None:
    """The server never hears of it."""
    way.reset()


async def drop_answer(way: Exchange) -> None:
    """The server has committed and answered; the phone never hears of it."""
    await way.ask()
    way.reset()


async def stall(way: Exchange) -> None:
    """Connected, and then not one byte, until the phone gives up."""
    await way.reader.read()
    way.reset()


async def captive_portal(way: Exchange) -> None:
    await way.answer(PORTAL)


async def portal_redirect(way: Exchange) -> None:
    await way.answer(PORTAL_REDIRECT)


def slow(*, bytes_per_s: int, delay_s: float) -> Fault:
    """Both ways at that pace, after `delay_s` each."""

    async def fault(way: Exchange) -> None:
        await asyncio.sleep(delay_s + len(way.request.raw) / bytes_per_s)
        answer = await way.ask()
        await asyncio.sleep(delay_s)
        step = max(1, min(CHUNK, bytes_per_s // 10))
        for at in range(0, len(answer), step):
            await way.answer(answer[at : at + step])
            await asyncio.sleep(step / bytes_per_s)

    return fault


def together(heard: list[bytes]) -> Fault:
    """Two requests are answered only when the server has answered both; what it said is told."""
    both = asyncio.Event()

    async def fault(way: Exchange) -> None:
        answer = await way.ask()
        heard.append(answer)
        if len(heard) > 1:
            both.set()
        await both.wait()
        await way.answer(answer)

    return fault


def refuse_above(bytes_max: int) -> Fault:
    """A proxy in front of the server with a limit of its own, and a page of its own."""

    async def fault(way: Exchange) -> None:
        if len(way.request.body) > bytes_max:
            await way.answer(TOO_LARGE)
        else:
            await way.pass_on()

    return fault


def rewrite_answer(change: Change) -> Fault:
    async def fault(way: Exchange) -> None:
        answer = await way.ask()
        await way.answer(with_body(answer, change(body_of(answer))))

    return fault


def rewrite_request(change: Change) -> Fault:
    async def fault(way: Exchange) -> None:
        await way.pass_on(way.request.with_body(change(way.request.body)))

    return fault


def swap() -> Fault:
    """Two requests under way together, of different clients, get each other's answers."""
    first: list[tuple[Exchange, bytes]] = []
    swapped = asyncio.Event()

    async def fault(way: Exchange) -> None:
        answer = await way.ask()
        if not first:
            first.append((way, answer))
            await swapped.wait()
            return
        other, its_answer = first.pop()
        await way.answer(its_answer)
        await other.answer(answer)
        swapped.set()

    return fault


def hold_for_next() -> Fault:
    """The answer to each request is the one that the request before it should have had; the first is lost."""
    held: list[bytes] = []

    async def fault(way: Exchange) -> None:
        held.append(await way.ask())
        if len(held) == 1:
            way.reset()
        else:
            await way.answer(held.pop(0))

    return fault
