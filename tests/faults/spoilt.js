// A page whose database can be made to fail, by the members of `lyktaSpoil`; until then all is as it was.
(() => {
  const spoil = {
    /** How many writes of an op are lost with the connection. */
    lose: 0,
    /** Rows read back are others than those written. */
    misread: false,
    /** Keys cannot be made, nor stored. */
    keyless: false,
    /** Names of the errors that transactions were aborted with. */
    aborts: [],
    /** How many times something was written beside the database. */
    journaled: 0,
    /** How many keys somebody tried to store or make. */
    keys: 0,
  };
  globalThis.lyktaSpoil = spoil;

  const { put, get } = IDBObjectStore.prototype;
  const { transaction } = IDBDatabase.prototype;
  const holdsKey = (value) =>
    value instanceof CryptoKey ||
    (typeof value === "object" && value !== null && !ArrayBuffer.isView(value) && Object.values(value).some(holdsKey));

  IDBDatabase.prototype.transaction = function (...given) {
    const made = transaction.apply(this, given);
    made.addEventListener("abort", () => spoil.aborts.push(made.error?.name ?? ""));
    return made;
  };
  IDBObjectStore.prototype.put = function (value, ...key) {
    if ((this.name === "ops" || value?.held) && spoil.lose > 0) {
      spoil.lose -= 1;
      this.transaction.abort();
      throw new DOMException("Connection to Indexed Database server lost. Refresh the page to try again", "UnknownError");
    }
    if (spoil.keyless && holdsKey(value)) {
      spoil.keys += 1;
      throw new DOMException("The object can not be cloned.", "DataCloneError");
    }
    return put.call(this, value, ...key);
  };
  IDBObjectStore.prototype.get = function (key) {
    const isRead = ["ops", "drafts"].includes(this.name) && this.transaction.mode === "readonly";
    return get.call(this, isRead && spoil.misread ? "elsewhere" : key);
  };
  const { setItem } = Storage.prototype;
  Storage.prototype.setItem = function (name, text) {
    if (name === "lykta.journal") spoil.journaled += 1;
    return setItem.call(this, name, text);
  };
  for (const name of ["generateKey", "importKey", "deriveKey", "unwrapKey"]) {
    const make = SubtleCrypto.prototype[name];
    SubtleCrypto.prototype[name] = function (...given) {
      if (!spoil.keyless) return make.apply(this, given);
      spoil.keys += 1;
      return Promise.reject(new DOMException("", "NotSupportedError"));
    };
  }

  const later = globalThis.setTimeout;
  globalThis.setTimeout = (work, ms, ...given) => later(work, ms === 4_000 ? 500 : ms, ...given);
  // Half a minute between two tries to bring a journal home, and between two looks at a lease: a test waits less.
  const every = globalThis.setInterval;
  globalThis.setInterval = (work, ms, ...given) => every(work, ms >= 10_000 ? ms / 40 : ms, ...given);
})();
