// After leaving fast: "back" leads away again, and only an address that is opened anew leads to us.
const [how] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
if (how?.type === "back_forward") location.replace("/exit");
else document.querySelector<HTMLFormElement>("[data-left]")?.submit();

// Kept whole by the browser and shown again: that is "back", too.
addEventListener("pageshow", ({ persisted }) => {
  if (persisted) location.replace("/exit");
});
