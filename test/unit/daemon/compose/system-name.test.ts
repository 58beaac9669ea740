import { expect, test } from 'vitest';
import { systemName } from '../../../../main/daemon/compose/system-name.ts';

test.each([
  ['linux', {}, 'Linux'],
  ['linux', { WSL_DISTRO_NAME: 'Ubuntu' }, 'WSL Ubuntu'],
  ['win32', { WSL_DISTRO_NAME: 'Ubuntu' }, 'Windows'],
  ['darwin', {}, 'macOS'],
  ['freebsd', {}, 'freebsd'],
] as const)('on %s with %j it is called %s', (platform, env, name) => {
  expect(systemName(platform, env)).toBe(name);
});
