import { icons, type IconName } from "./icons.ts";

/** Drawn signs that stand many times on a page, drawn once: a card then only names them. */
export const Sprite = ({ names }: { names: readonly IconName[] }) => (
  <svg aria-hidden="true" width="0" height="0" class="absolute">
    {names.map((name) => (
      <symbol key={name} id={`sign-${name}`} viewBox="0 0 256 256">
        <path d={icons[name][0]} opacity="0.2" />
        <path d={icons[name][1]} />
      </symbol>
    ))}
  </svg>
);
