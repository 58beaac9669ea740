import type { ClientGate, ClientPermissionRequest } from '../../contract/client/client-gate.ts';

const AT_MS = 1_795_156_728_279;

export const clientRequest = (fields: Partial<ClientPermissionRequest> = {}): ClientPermissionRequest => ({
  tool: 'shell',
  toolKind: 'execute',
  title: '',
  command: 'npm test',
  cwd: '/some/tree',
  paths: [],
  diff: '',
  input: '',
  reason: '',
  ...fields,
});

/** A gate as a client sees it, with plain values; each can be another. */
export const sampleClientGate = (fields: Partial<ClientGate> = {}): ClientGate => ({
  id: 'gate-s-min-a1-p1',
  runId: 'http1',
  stepId: 's-min',
  attemptId: 's-min-a1',
  state: 'pending',
  kind: 'permission',
  subject: 'attempt',
  description: 'Codex asks to run: npm test',
  reasons: [],
  subjectDigest: '9f2c41aa0b13'.padEnd(64, '0'),
  decidedBy: '',
  reason: '',
  createdAtMs: AT_MS,
  resolvedAtMs: null,
  expiresAtMs: AT_MS + 3_600_000,
  onExpiry: 'reject',
  request: clientRequest(),
  scope: '',
  ...fields,
});
