/**
 * Records what a vendor's program says, for the tests of our parsers:
 *
 *     node test/agents/record.ts <agent|transport|all> <name|all>
 *
 * An agent runs headless against the scripted model, isolated, and its stdout becomes
 * `test/fixtures/agents/<agent>/<name>.jsonl`; of a transport (`dialogues/transports.ts`) both directions are kept. How
 * it ended becomes `<name>.end.json`.
 */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startScriptedModel } from '../../main/cli/demo/scripted-model/scripted-model.ts';
import { TRANSPORTS } from './dialogues/transports.ts';
import { installPrograms } from './install-programs.ts';
import { currentIsolation, runIsolated } from './isolation.ts';
import { recordedLookups, startLookupRecorder } from './lookup-recorder.ts';
import { AGENTS } from './programs.ts';
import { plotsOf, recordDialogue } from './record-dialogue.ts';
import { recordRun } from './record-run.ts';
import { VARIANTS } from './variants.ts';

const SCENARIOS =
  'write text thoughts shell failing-shell http-400 http-401 http-429-once empty truncated bad-tool unknown-tool question';

const [wanted = '', wantedName = ''] = process.argv.slice(2);
const isolation = currentIsolation();
if (isolation === null) {
  installPrograms();
  process.exitCode = runIsolated(import.meta.filename, process.argv.slice(2));
} else {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'codencer-record-')));
  const recorder = await startLookupRecorder(isolation, join(folder, 'lookups'));
  const model = await startScriptedModel();
  for (const agent of AGENTS.filter(isWanted)) {
    for (const name of namesOf([...SCENARIOS.split(' '), ...Object.keys(VARIANTS[agent])])) {
      console.log(`${agent} ${name}: ${await recordRun({ agent, name, model, folder })}`);
    }
  }
  for (const [transport, played] of Object.entries(TRANSPORTS).filter(([key]) => isWanted(key))) {
    for (const name of namesOf(Object.keys(plotsOf(played)))) {
      console.log(`${transport} ${name}: ${await recordDialogue({ transport, name, model, folder })}`);
    }
  }
  for (const name of recordedLookups()) console.log(`looked up: ${name}`);
  await model.close();
  recorder.close();
  rmSync(folder, { recursive: true, force: true });
}

function isWanted(key: string): boolean {
  return wanted === 'all' || wanted === key;
}

function namesOf(names: readonly string[]): readonly string[] {
  if (wantedName === 'all') return names;
  return wanted === 'all' ? names.filter((name) => name === wantedName) : [wantedName];
}
