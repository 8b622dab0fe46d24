// The import laws of the house (decisions/0001). Read by dependency-cruiser, which reads TypeScript through swc.
const feature = "^features/([^/]+)/";

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", comment: "Two files that need each other are one, or lack a third.", from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } } },
    { name: "platform-knows-no-feature", severity: "error", from: { path: "^platform/" , pathNot: "\\.test\\.tsx?$" }, to: { path: "^(features|cast)/" } },
    {
      name: "features-meet-at-the-counter",
      severity: "error",
      comment: "A feature uses another only through its events, queries, policy and types.",
      from: { path: feature, pathNot: "(\\.test\\.tsx?|factory\\.ts)$" },
      to: { path: "^features/", pathNot: ["^features/$1/", "^features/[^/]+/(events|queries|policy|types)\\.ts$"] },
    },
    { name: "rules-decide-and-do-nothing", severity: "error", from: { path: "(^|/)(rules|policy)\\.ts$" }, to: { path: "(queries|commands|routes|jobs)\\.tsx?$|^platform/(db|jobs|delivery|live)/|node_modules/(kysely|pg)/", dependencyTypesNot: ["type-only"] } },
    { name: "views-ask-nobody", severity: "error", from: { path: "/views/" , pathNot: "\\.test\\.tsx?$"}, to: { path: "(queries|commands|routes)\\.tsx?$|node_modules/(kysely|pg)/", dependencyTypesNot: ["type-only"] } },
    { name: "sql-in-queries-and-commands", severity: "error", from: { path: "^features/", pathNot: "(queries|commands|\\.test)\\.tsx?$|factory\\.ts$" }, to: { path: "node_modules/(kysely|pg)/", dependencyTypesNot: ["type-only"] } },
    { name: "no-drawers", severity: "error", from: {}, to: { path: ["^(features|platform|cast)/.*/(utils?|helpers?|services|common|lib)/", "^(features|platform|cast)/.*/(utils?|helpers?|services|common|lib)[.]tsx?$"] } },
    { name: "no-barrels", severity: "error", from: {}, to: { path: "^(features|platform)/.*/index\\.tsx?$" } },
    { name: "product-needs-no-tools", severity: "error", from: { path: "^(features|platform|server|worker|app|open-house)", pathNot: "(\\.test\\.tsx?|test-server\\.ts|\\.browser\\.tsx?|factory\\.ts)$" }, to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"] } },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^dist/" },
    parser: "swc",
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { extensions: [".ts", ".tsx", ".js", ".mjs", ".json"] },
  },
};
