/**
 * `npm run bench:ui [-- --quick] [<row>...]`: the dashboard's numbers, each beside an empty page of the same server in the same
 * run, into test/bench/UI.md when all rows were measured.
 */
import buildPrograms from '../../support/build-programs.ts';
import { provideChromium } from '../support/provide-chromium.ts';

const chromium = provideChromium(console.log);
if (chromium.ok) {
  // A copy, which no later build takes away while it is measured.
  const removePrograms = buildPrograms();
  try {
    const { measureAll } = await import('./measure-all.ts');
    process.exitCode = await measureAll(process.argv.slice(2));
  } finally {
    removePrograms();
  }
} else {
  console.error(chromium.error);
  process.exitCode = 1;
}
