async () => {
  const letters = new TextDecoder("latin1");
  const shown = (_, value) =>
    value instanceof ArrayBuffer || ArrayBuffer.isView(value) ? letters.decode(value) : value;
  const asked = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const parts = [JSON.stringify({ ...localStorage, ...sessionStorage })];
  for (const { name } of await indexedDB.databases()) {
    const db = await asked(indexedDB.open(name));
    for (const store of db.objectStoreNames)
      parts.push(JSON.stringify(await asked(db.transaction(store).objectStore(store).getAll()), shown));
    db.close();
  }
  for (const name of await caches.keys())
    for (const request of await (await caches.open(name)).keys())
      if (new URL(request.url).pathname.startsWith("/api")) parts.push(request.url);
  return parts.join("\n");
}
