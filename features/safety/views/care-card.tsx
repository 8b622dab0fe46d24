import type { Language } from "../../../platform/i18n/words.ts";
import { CareCard as Card } from "../../../platform/ui/care-card.tsx";
import { careCardFor } from "../in-words/rules.ts";

/** The emergency card with the numbers of her country; 112 where it is unknown. */
export const CareCard = ({ language, country }: { language: Language; country: string | undefined }) => <Card {...careCardFor(language, country)} />;
