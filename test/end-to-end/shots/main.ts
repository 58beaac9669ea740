/**
 * `npm run shots [-- <part of a name>...]`: a picture of each screen in each state, from data that is the same each time, into
 * test/end-to-end/screens. They are to be looked at.
 */
import buildPrograms from '../../support/build-programs.ts';
import { provideChromium } from '../support/provide-chromium.ts';

const chromium = provideChromium(console.log);
if (chromium.ok) {
  // A copy, which no later build takes away while pictures are taken.
  const removePrograms = buildPrograms();
  try {
    const { shootAll } = await import('./shoot-all.ts');
    await shootAll(process.argv.slice(2));
  } finally {
    removePrograms();
  }
} else {
  console.error(chromium.error);
  process.exitCode = 1;
}
