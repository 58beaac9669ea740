import { expect, it } from 'vitest';
import { agentTitle } from '../../../../main/daemon/domain/agent-title.ts';

it.each([
  [{ title: 'Gemini CLI', agent: 'acp', name: 'acp-gemini' }, 'Gemini CLI'],
  [{ title: '', agent: 'acp', name: 'my-agent' }, 'my-agent'],
  [{ title: '', agent: 'claude', name: 'reviewer' }, 'Claude'],
  [{ title: 'The reviewer', agent: 'claude', name: 'reviewer' }, 'The reviewer'],
] as const)('SRV-51: who asks by the profile %o is called %s', (profile, title) => {
  expect(agentTitle(profile)).toBe(title);
});
