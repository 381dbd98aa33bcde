import { useState } from "preact/hooks";
import { tw } from "../text/follow";
import { Button } from "../ui";

export function Copy({ text }: { text: string }) {
  const [told, setTold] = useState("");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setTold(tw("copied"));
    } catch {
      setTold(tw("copy_failed"));
    }
  };
  return (
    <>
      <Button onPress={() => void copy()}>{tw("copy")}</Button>
      <span role="status">{told}</span>
    </>
  );
}
