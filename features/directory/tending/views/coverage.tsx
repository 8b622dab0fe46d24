import { Bullets, Columns, Heading, Lead, Link, LinkButton, Num, Soft, Stack, Text, Title } from "../../../../platform/ui/basics.tsx";
import { AreasDrawing } from "../../../../platform/ui/map.tsx";
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

/** Where the network has people and confirmed entries, and by name where it has nobody. */
export function Coverage({ staffed, counts, map }: CoverageProps) {
  const { language } = staffed.visit;
  const t = say(language);
  const covers = new Map(regions.map((id) => [id as string, coverOf(counts.get(id))]));
  const named = (cover: Cover) => regions.filter((id) => covers.get(id) === cover);
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
          <Stack gap={16}>
            <Heading>
              <Num>{summary}</Num>
            </Heading>
            {(["covered", "seat_only", "unchecked", "nothing"] as const).map((cover) =>
              named(cover).length > 0 ? (
                <Stack key={cover} gap={8}>
                  <Text>
                    {t(key[cover])} · <Num>{named(cover).length}</Num>
                  </Text>
                  <Bullets>
                    {named(cover).map((id) => (
                      <li key={id}>
                        <Link href={`/near/${areaPath(id)}`}>{areaName(id, language)}</Link> <Soft>{t("entries", { count: counts.get(id)?.shown ?? 0 })}</Soft>
                      </li>
                    ))}
                  </Bullets>
                </Stack>
              ) : null,
            )}
          </Stack>
        </Columns>
        <LinkButton href="/tend" tone="quiet" icon="back">
          {t("back")}
        </LinkButton>
      </Stack>
    </StaffPage>
  );
}
