/** What people call the side of the machine that a process is on. */
export function systemName(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string {
  const distribution = env['WSL_DISTRO_NAME'] ?? '';
  if (platform === 'linux' && distribution !== '') return `WSL ${distribution}`;
  return NAMES[platform] ?? platform;
}

const NAMES: Readonly<Partial<Record<NodeJS.Platform, string>>> = { linux: 'Linux', win32: 'Windows', darwin: 'macOS' };
