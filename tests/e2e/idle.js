// Time of a page that passes as fast as its work is done: every timer that falls due is run at its moment, one after
// the other, and none while a request is under way. Needs clock.js before it. Until `lyktaIdles` is called, timers go
// as they do elsewhere.
() => {
  const realTimeout = globalThis.setTimeout;
  const timers = new Map();
  let last = 0;
  let isIdle = false;
  let underWay = 0;
  const hold = (work, ms, every) => {
    timers.set(++last, { at: performance.now() + Math.max(0, ms || 0), every, work });
    return last;
  };
  globalThis.setTimeout = (work, ms, ...given) => hold(() => work(...given), ms, null);
  globalThis.setInterval = (work, ms, ...given) => hold(() => work(...given), ms, Math.max(1, ms));
  globalThis.clearTimeout = globalThis.clearInterval = (id) => void timers.delete(id);
  const asked = globalThis.fetch;
  globalThis.fetch = (...given) => {
    underWay++;
    return asked(...given).finally(() => realTimeout(() => underWay--, 0));
  };

  const next = () => [...timers].sort(([, a], [, b]) => a.at - b.at)[0];
  const run = ([id, timer]) => {
    if (timer.every === null) timers.delete(id);
    else timer.at += timer.every;
    timer.work();
  };
  const pump = () => {
    if (isIdle) return;
    for (let due = next(); due && due[1].at <= performance.now(); due = next()) run(due);
    realTimeout(pump, 20);
  };
  pump();

  const rest = () => new Promise((resolve) => realTimeout(resolve, 4));
  // So many milliseconds pass in which nobody touches the phone. Gives how many timers ran, and at how many moments.
  globalThis.lyktaIdles = async (ms) => {
    isIdle = true;
    const ends = performance.now() + ms;
    let callbacks = 0;
    const moments = new Set();
    for (let due = next(); due && due[1].at <= ends; due = next()) {
      const left = due[1].at - performance.now();
      if (left > 0) globalThis.lyktaPassesUnseen(left);
      moments.add(Math.round(due[1].at / 100));
      callbacks++;
      run(due);
      do await rest();
      while (underWay > 0);
    }
    return { callbacks, moments: moments.size };
  };
}
