// The browser's side of a push service: a subscription whose keys the test has. Chromium's own needs its vendor.
({ endpoint, keys }) => {
  let held = null;
  const base64url = (bytes) =>
    btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  PushManager.prototype.getSubscription = async () => held;
  PushManager.prototype.subscribe = async ({ applicationServerKey, userVisibleOnly }) => {
    if (!userVisibleOnly) throw new DOMException("silent pushes are refused", "NotAllowedError");
    window.lyktaPushKey = base64url(applicationServerKey);
    held = {
      endpoint,
      options: { applicationServerKey: applicationServerKey.buffer },
      toJSON: () => ({ endpoint, keys }),
      unsubscribe: async () => {
        held = null;
        return true;
      },
    };
    return held;
  };
}
