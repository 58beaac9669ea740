import type { AgentDriver } from '../agent/agent.ts';
import { isLoggedIn } from './login.ts';
import { CODEX_OUTCOMES } from './outcomes.ts';

type Common = 'agent' | 'canResume' | 'programNames' | 'programVariable' | 'isLoggedIn' | 'outcomes';

/** What is so by either interface of Codex. */
export const CODEX: Pick<AgentDriver, Common> = {
  agent: 'codex',
  canResume: 'anywhere',
  programNames: ['codex'],
  programVariable: 'CODEX_BINARY',
  isLoggedIn,
  outcomes: CODEX_OUTCOMES,
};
