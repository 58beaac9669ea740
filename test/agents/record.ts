/**
 * Records what a vendor's program says, for the tests of our parsers:
 *
 *     node test/agents/record.ts <agent|all> <scenario|variant|all|variants>
 *
 * The program runs headless against the scripted model, isolated, and its stdout becomes
 * `test/fixtures/agents/<agent>/<scenario>.jsonl`; how it ended becomes `<scenario>.end.json`.
 */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startScriptedModel } from '../../main/cli/demo/scripted-model/scripted-model.ts';
import { installPrograms } from './install-programs.ts';
import { currentIsolation, runIsolated } from './isolation.ts';
import { recordedLookups, startLookupRecorder } from './lookup-recorder.ts';
import { AGENTS, type AgentName } from './programs.ts';
import { recordRun } from './record-run.ts';
import { VARIANTS } from './variants.ts';

const SCENARIOS =
  'write text thoughts shell failing-shell http-400 http-401 http-429-once empty truncated bad-tool unknown-tool question';

const [agent = '', scenario = ''] = process.argv.slice(2);
const isolation = currentIsolation();
if (isolation === null) {
  installPrograms();
  process.exitCode = runIsolated(import.meta.filename, process.argv.slice(2));
} else {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'codencer-record-')));
  const recorder = await startLookupRecorder(isolation, join(folder, 'lookups'));
  const model = await startScriptedModel();
  for (const name of agents(agent)) {
    for (const one of recordings(name, scenario)) {
      console.log(`${name} ${one}: ${await recordRun({ agent: name, name: one, model, folder })}`);
    }
  }
  for (const name of recordedLookups()) console.log(`looked up: ${name}`);
  await model.close();
  recorder.close();
  rmSync(folder, { recursive: true, force: true });
}

function agents(wanted: string): readonly AgentName[] {
  const chosen = AGENTS.filter((name) => wanted === 'all' || name === wanted);
  if (chosen.length === 0) throw new Error(`no agent is called ${wanted}; there are ${AGENTS.join(', ')} and all`);
  return chosen;
}

function recordings(name: AgentName, wanted: string): readonly string[] {
  if (wanted === 'variants') return Object.keys(VARIANTS[name]);
  return wanted === 'all' ? [...SCENARIOS.split(' '), ...Object.keys(VARIANTS[name])] : [wanted];
}
