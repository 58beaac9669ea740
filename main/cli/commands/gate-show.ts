import type { ClientGate } from '../../../contract/client/client-gate.ts';
import { getGate } from '../../../contract/client/gate-routes.ts';
import { defineCommand } from '../define-command.ts';
import { describePermission, describeReach, permissionAnswers } from '../describe-permission.ts';
import { formatSecond } from '../format-time.ts';
import { showDocument } from '../show-document.ts';
import { gateTone, paint } from '../state-tone.ts';
import { indented, oneLine, type Screen } from '../terminal.ts';

export const command = defineCommand({
  usage: 'gate show <gateID> [--json]',
  words: { atLeast: 1, atMost: 1 },
  flags: {},
  run: (context, { words: [gateId = ''], flags }) =>
    showDocument(context, {
      isJson: flags.json,
      ask: (connection) => getGate(connection, gateId),
      describe: (gate, screen) => describe(context.programName, gate, screen),
    }),
});

function describe(programName: string, gate: ClientGate, screen: Screen): string {
  const { request } = gate;
  const decided = [
    `Decided:   ${formatSecond(gate.resolvedAtMs)} by ${oneLine(gate.decidedBy)}`,
    ...(gate.scope === 'attempt' && request !== null
      ? [`Reach:     until the attempt ends: ${describeReach(request)}`]
      : []),
    ...(gate.reason === '' ? [] : [`Because:   ${indented(gate.reason, 11)}`]),
  ];
  const approve = `${programName} gate approve ${gate.id} --digest ${gate.subjectDigest}`;
  const reject = `${programName} gate reject ${gate.id} --reason <text>`;
  const answers = request === null ? [`  ${approve}`, `  ${reject}`] : permissionAnswers(approve, reject, request);
  const lines = [
    `--- Gate: ${gate.id} ---`,
    `State:     ${paint(screen, gateTone(gate.state), gate.state)}`,
    `Kind:      ${gate.kind}`,
    `Asked:     ${indented(gate.description, 11)}`,
    ...(request === null ? [] : describePermission(request)),
    `Since:     ${formatSecond(gate.createdAtMs)}`,
    ...untilLine(gate),
    `Run:       ${gate.runId}`,
    `Step:      ${gate.stepId}`,
    `Attempt:   ${gate.attemptId}`,
    `Digest:    ${gate.subjectDigest}`,
    ...(gate.resolvedAtMs === null ? [] : decided),
    ...(gate.stepId === '' || request !== null ? [] : [`Evidence:  ${programName} step diff ${gate.stepId}`]),
    ...(gate.state === 'pending' ? ['', ...answers] : []),
  ];
  return `${lines.join('\n')}\n`;
}

const untilLine = ({ state, expiresAtMs }: ClientGate): readonly string[] =>
  state !== 'pending' || expiresAtMs === null ? [] : [`Until:     ${formatSecond(expiresAtMs)}, then it is rejected`];
