import { describe, expect, it } from 'vitest';
import { executorEnvironment } from '../../../../../main/daemon/adapters/process/executor-environment.ts';

const passedOn = (own: Record<string, string | undefined>, added = {}) => executorEnvironment(own, added, 'm-1');

describe('the environment of an executor', () => {
  it('PROC-12: passes on what belongs to the operator', () => {
    const own = {
      PATH: '/home/ada/project/node_modules/.bin:/usr/bin',
      HOME: '/home/ada',
      ANTHROPIC_API_KEY: 'sk-1',
      HTTPS_PROXY: 'http://proxy',
      NODE_ENV: 'production',
      NODE_EXTRA_CA_CERTS: '/ca.pem',
      GIT_AUTHOR_NAME: 'Ada',
      GIT_SSH_COMMAND: 'ssh -i key',
      GITHUB_TOKEN: 't',
    };
    expect(passedOn(own)).toEqual({ ...own, CODENCER_MARK: 'm-1' });
  });

  it.each([
    'CODENCER_MARK',
    'CODENCER_TOKEN',
    'CODENCER_REDACT',
    'ORCHESTRATORD_URL',
    'PORT',
    'HOST',
    'ALL_ADAPTERS_SIMULATION_MODE',
    'CODEX_SIMULATION_MODE',
    'FORCE_GATE_FOR_TESTING',
    'LD_PRELOAD',
    'NODE_OPTIONS',
    'NODE_COMPILE_CACHE',
    'ELECTRON_RUN_AS_NODE',
    'GIT_DIR',
    'GIT_WORK_TREE',
    'GIT_INDEX_FILE',
    'GIT_CONFIG_GLOBAL',
    'GIT_CONFIG_KEY_0',
    'GIT_CONFIG_PARAMETERS',
    'GIT_INTERNAL_SUPER_PREFIX',
    'npm_config_registry',
    'npm_lifecycle_event',
    'INIT_CWD',
    'OLDPWD',
    'PWD',
  ])('PROC-12: keeps %s to itself', (name) => {
    expect(passedOn({ [name]: 'x', GONE: undefined })).toEqual({ CODENCER_MARK: 'm-1' });
  });

  it("undoes what npm did to the operator's PATH", () => {
    const PATH = '/p/node_modules/.bin:/npm/node-gyp-bin:/usr/local/bin:/usr/bin';
    expect(passedOn({ PATH, npm_execpath: '/npm' })['PATH']).toBe('/usr/local/bin:/usr/bin');
  });

  it('lets the caller add and replace, but not the mark', () => {
    const environment = passedOn({ A: '1', PORT: '8085' }, { A: '2', PORT: '3000', CODENCER_MARK: 'other' });
    expect(environment).toEqual({ A: '2', PORT: '3000', CODENCER_MARK: 'm-1' });
  });
});
