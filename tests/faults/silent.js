// No database opens in the first life of this page: the browser never answers. Its time-outs are an eighth as long.
(() => {
  if (sessionStorage.getItem("wasSilent") !== null) return;
  sessionStorage.setItem("wasSilent", "yes");
  const open = IDBFactory.prototype.open;
  IDBFactory.prototype.open = function (name) {
    const asked = open.call(this, `silent-${name}`);
    asked.addEventListener = () => {};
    return asked;
  };
  const later = globalThis.setTimeout;
  globalThis.setTimeout = (work, ms, ...given) => later(work, ms === 4_000 ? 500 : ms, ...given);
})();
