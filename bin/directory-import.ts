// npm run directory:import -- FILE-OR-FOLDER "NAME OF THE SOURCE"
import { importFolder } from "../features/directory/imports/commands.ts";
import { openHouse } from "../open-house.ts";
import { readEnvironment } from "../platform/http/environment.ts";

const [path, source] = process.argv.slice(2);
if (!path || !source) {
  console.error('What, and from whom? npm run directory:import -- FILE-OR-FOLDER "NAME OF THE SOURCE"');
  process.exit(2);
}
const open = await openHouse(readEnvironment(process.env));
try {
  const account = await importFolder(open.house, path, source);
  if (account.refused) {
    console.error(`Nothing was taken: ${account.refused.reason} ${account.refused.detail}`);
    process.exitCode = 1;
  }
  for (const [file, counts] of Object.entries(account.counts)) console.log(file, JSON.stringify(counts));
} finally {
  await open.close();
}
