import type { Language } from "../../../../platform/i18n/words.ts";
import { VoicePanel } from "../../../../platform/ui/voice.tsx";
import { videoMb, voiceMb } from "../../find/views/group.tsx";
import type { Camera } from "../../types.ts";
import { say } from "../words.ts";

export type VoiceShown = { readonly url: string; readonly camera: Camera };

/** Her voice: joined by a tap, or only listening. */
export function Voice({ language, url, camera }: VoiceShown & { language: Language }) {
  const t = say(language);
  const cost = `${t("voiceCost", { mb: voiceMb })}${camera === "off" ? "" : ` ${t("voiceCostCamera", { mb: videoMb })}`}`;
  const sentences = { joining: t("voiceJoining"), on: t("voiceOn"), muted: t("voiceMuted"), listening: t("voiceListening"), failed: t("voiceFailed"), closed: t("voiceClosed"), lost: t("voiceLost"), dropped: t("voiceDropped"), silenced: t("voiceSilenced"), full: t("voiceFull"), often: t("voiceOften"), other: t("voiceOther"), talking: t("voiceTalking"), noMicrophone: t("voiceNoMicrophone"), mute: t("voiceMute"), unmute: t("voiceUnmute"), camera: t("voiceCamera"), cameraOff: t("voiceCameraOff"), cameraFull: t("voiceCameraFull"), cameraUnwelcome: t("voiceCameraUnwelcome") };
  return <VoicePanel url={url} cameras={camera !== "off"} title={t("voiceTitle")} cost={cost} join={t("voiceJoin")} listen={t("voiceListen")} leave={t("voiceLeave")} sentences={sentences} withoutScripts={t("voiceScripts")} />;
}
