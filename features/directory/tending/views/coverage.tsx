import { Columns, Heading, Lead, LinkButton, Num, Stack, Title } from "../../../../platform/ui/basics.tsx";
import { AreasDrawing, Shade } from "../../../../platform/ui/map.tsx";
import { NamedLink, Names } from "../../../../platform/ui/parts.tsx";
import { StaffPage, type Staffed } from "../../../../platform/ui/staff-page.tsx";
import { areaName, areaPath, regions } from "../../areas/rules.ts";
import type { AreaCount } from "../../areas/types.ts";
import type { AreasMap } from "../../map/types.ts";
import type { AreaId } from "../../types.ts";
import { coverOf, type Cover } from "../rules.ts";
import { say } from "../words.ts";

type CoverageProps = { readonly staffed: Staffed; readonly counts: ReadonlyMap<AreaId, AreaCount>; readonly map: AreasMap };

const shade = { nothing: 0, unchecked: 1, seat_only: 2, covered: 3 } as const satisfies Record<Cover, 0 | 1 | 2 | 3>;
const key = { nothing: "mapNothing", unchecked: "mapUnchecked", seat_only: "mapSeatOnly", covered: "mapCovered" } as const satisfies Record<Cover, string>;

const shades = ["covered", "seat_only", "unchecked", "nothing"] as const satisfies readonly Cover[];

/** Where the network has people and confirmed entries, and by name where it has nobody. */
export function Coverage({ staffed, counts, map }: CoverageProps) {
  const { language } = staffed.visit;
  const t = say(language);
  const covers = new Map(regions.map((id) => [id as string, coverOf(counts.get(id))]));
  const order = new Intl.Collator(language);
  const named = (cover: Cover) => regions.filter((id) => covers.get(id) === cover).sort((a, b) => order.compare(areaName(a, language), areaName(b, language)));
  const empty = regions.filter((id) => !counts.get(id)?.seats);
  const summary = t("mapEmptyRegions", { count: empty.length });
  return (
    <StaffPage staffed={staffed} title={t("mapTitle")} current="listings">
      <Stack gap={24}>
        <Title>{t("mapTitle")}</Title>
        <Lead>{t("mapLead")}</Lead>
        <Columns>
          <AreasDrawing
            width={map.width}
            height={map.height}
            borders={map.borders}
            boxes={map.insets}
            areas={map.areas.map(({ id, path }) => ({ id, path, shade: shade[covers.get(id) ?? "nothing"], label: `${areaName(id, language)}: ${t(key[covers.get(id) ?? "nothing"])}` }))}
            says={summary}
          />
          <Stack gap={8}>
            <Heading>
              <Num>{summary}</Num>
            </Heading>
            {shades.map((cover) => (
              <Shade key={cover} shade={shade[cover]}>
                {t(key[cover])} · {named(cover).length}
              </Shade>
            ))}
          </Stack>
        </Columns>
        {shades.filter((cover) => named(cover).length > 0).map((cover) => (
          <Stack key={cover} gap={8}>
            <Heading>{t(key[cover])}</Heading>
            <Names>
              {named(cover).map((id) => (
                <li key={id}>
                  <NamedLink href={`/near/${areaPath(id)}`} name={areaName(id, language)} more={counts.get(id)?.shown ? t("entries", { count: counts.get(id)?.shown ?? 0 }) : undefined} />
                </li>
              ))}
            </Names>
          </Stack>
        ))}
        <LinkButton href="/tend" tone="quiet" icon="back">
          {t("back")}
        </LinkButton>
      </Stack>
    </StaffPage>
  );
}
