// The phone's own clocks, moved by the test: wall and steady clock together, as time does, or the wall clock alone, as
// when it is set, or when the phone slept and its steady clock stood still. Takes the milliseconds that the page's wall
// clock begins ahead of the machine's (negative: behind).
(start_ms) => {
  const Machine = Date;
  const machine_ms = Machine.now.bind(Machine);
  const steady_ms = performance.now.bind(performance);
  let ahead_ms = start_ms;
  let passed_ms = 0;
  const now = () => Math.round(machine_ms() + ahead_ms);
  globalThis.Date = new Proxy(Machine, {
    apply: () => new Machine(now()).toString(),
    construct: (target, given, made) =>
      Reflect.construct(target, given.length > 0 ? given : [now()], made === Date ? target : made),
    get: (target, name) => (name === "now" ? now : Reflect.get(target, name)),
  });
  performance.now = () => steady_ms() + passed_ms;

  // A fix is as old as the phone says, and never one that was cached before time was moved.
  const ask = Geolocation.prototype.getCurrentPosition;
  Geolocation.prototype.getCurrentPosition = function (found, refused, options) {
    const told = ({ coords, timestamp }) => found({ coords, timestamp: timestamp + ahead_ms });
    ask.call(this, told, refused, { ...options, maximumAge: 0 });
  };

  // Time alone: the phone stays where it is.
  globalThis.lyktaPassesUnseen = (ms) => {
    passed_ms += ms;
    ahead_ms += ms;
  };
  globalThis.lyktaPasses = (ms) => {
    passed_ms += ms;
    globalThis.lyktaSteps(ms);
  };
  globalThis.lyktaSteps = (ms) => {
    ahead_ms += ms;
    // The phone comes out of the pocket.
    document.dispatchEvent(new Event("visibilitychange"));
  };
}
