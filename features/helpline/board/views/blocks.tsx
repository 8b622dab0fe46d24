import { Button, Heading, PlainList, Text, Unseen } from "../../../../platform/ui/basics.tsx";
import { BoardPart, Line } from "../../../../platform/ui/board.tsx";
import { ActForm } from "../../../../platform/ui/fields.tsx";
import { blockWords } from "../../blocks/views/block.tsx";
import { say } from "../../blocks/words.ts";
import type { PartProps } from "./now.tsx";

/** Openers who are kept out for a time; nothing while there is none. */
export function BlocksPart({ board: { blocks }, lens: { language, zone } }: PartProps) {
  const t = say(language);
  return (
    <BoardPart id="board-blocks" label={t("blocksTitle")}>
      {blocks.length === 0 ? null : (
        <>
          <Heading>{t("blocksTitle")}</Heading>
          <PlainList>
            {blocks.map((block) => (
              <Line
                key={block.id}
                id={`block-${block.id}`}
                acts={
                  <ActForm action={`/board/blocks/${block.id}/lift`}>
                    <Button tone="plain">
                      {t("lift")}
                      <Unseen> · {blockWords(block, language, zone)}</Unseen>
                    </Button>
                  </ActForm>
                }
              >
                <Text>{blockWords(block, language, zone)}</Text>
              </Line>
            ))}
          </PlainList>
        </>
      )}
    </BoardPart>
  );
}
