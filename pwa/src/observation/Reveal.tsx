import eye from "lucide-static/icons/eye.svg?raw";
import closed from "lucide-static/icons/eye-off.svg?raw";
import { t } from "../text";
import { Button } from "../ui";

interface Props {
  isOpen: boolean;
  /** Which record, for those who hear one button after another. */
  what: string;
  onChange: (isOpen: boolean) => void;
}

export function Reveal({ isOpen, what, onChange }: Props) {
  const words = t(isOpen ? "observation.cover" : "observation.reveal");
  return (
    <Button
      tone="quiet"
      icon={isOpen ? closed : eye}
      expanded={isOpen}
      name={`${words}: ${what}`}
      onPress={() => onChange(!isOpen)}
    >
      {words}
    </Button>
  );
}
