import type { Language } from "../../../../platform/i18n/words.ts";
import { VoicePanel } from "../../../../platform/ui/voice.tsx";
import { LinkButton, Stack, Text, Heading } from "../../../../platform/ui/basics.tsx";
import { videoMb, voiceMb } from "../../find/views/group.tsx";
import type { Camera, RoomKind } from "../../types.ts";
import { say } from "../words.ts";

/** `names`: what the room calls each who is inside, with the alias that the page says. */
export type VoiceShown = { readonly kind: RoomKind; readonly url: string; readonly camera: Camera; readonly alias: string; /** Of an organisation's own room. */ readonly href?: string | undefined };

/** Her voice: joined by a tap, or only listening; in another program, its address for her alone. */
export function Voice({ language, kind, url, camera, alias, href }: VoiceShown & { language: Language }) {
  const t = say(language);
  if (kind === "link")
    return (
      <Stack gap={8}>
        <Heading>{t("voiceTitle")}</Heading>
        <Text>{t("linkText", { alias })}</Text>
        {href ? (
          <LinkButton href={href} icon="door" big>
            {t("linkOpen")}
          </LinkButton>
        ) : null}
      </Stack>
    );
  const cost = `${t("voiceCost", { mb: voiceMb })}${camera === "off" ? "" : ` ${t("voiceCostCamera", { mb: videoMb })}`}`;
  const sentences = { joining: t("voiceJoining"), on: t("voiceOn"), muted: t("voiceMuted"), listening: t("voiceListening"), failed: t("voiceFailed"), closed: t("voiceClosed"), lost: t("voiceLost"), dropped: t("voiceDropped"), silenced: t("voiceSilenced"), full: t("voiceFull"), often: t("voiceOften"), other: t("voiceOther"), noMicrophone: t("voiceNoMicrophone"), mute: t("voiceMute"), unmute: t("voiceUnmute"), camera: t("voiceCamera"), cameraOff: t("voiceCameraOff"), cameraFull: t("voiceCameraFull"), cameraUnwelcome: t("voiceCameraUnwelcome") };
  return <VoicePanel url={url} cameras={camera !== "off"} title={t("voiceTitle")} cost={cost} join={t("voiceJoin")} listen={t("voiceListen")} leave={t("voiceLeave")} sentences={sentences} withoutScripts={t("voiceScripts")} />;
}
