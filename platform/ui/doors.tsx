import { Icon } from "./basics.tsx";
import type { IconName } from "./icons.ts";

export type DoorTo = { readonly href: string; readonly icon: IconName; readonly label: string };

/** The ways in: the first is the one main act, the others lie quietly below it. */
export function Doors({ first, others }: { first: DoorTo; others: readonly DoorTo[] }) {
  return (
    <ul class="space-y-4">
      <li>
        <DoorLink {...first} look="btn-primary" />
      </li>
      {others.map((door) => (
        <li key={door.href}>
          <DoorLink {...door} look="btn-outline" />
        </li>
      ))}
    </ul>
  );
}

const DoorLink = ({ href, icon, label, look }: DoorTo & { look: string }) => (
  <a class={`btn ${look} rounded-box h-auto min-h-18 w-full justify-start gap-4 px-6 py-3 text-start text-lg leading-tight whitespace-normal`} href={href}>
    <Icon name={icon} />
    {label}
  </a>
);
