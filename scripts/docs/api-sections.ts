/** The parts of the reference, each with the beginnings of the paths in it. Of all that fit the longest counts. */
export const API_SECTIONS: readonly { readonly title: string; readonly paths: readonly string[] }[] = [
  { title: 'Runs', paths: ['/api/v1/overview', '/api/v1/runs'] },
  { title: 'Steps', paths: ['/api/v1/runs/{id}/steps', '/api/v1/steps', '/api/v1/queue'] },
  {
    title: 'Attempts, output and changes',
    paths: [
      '/api/v1/steps/{id}/attempts',
      '/api/v1/attempts',
      '/api/v1/steps/{id}/logs',
      '/api/v1/steps/{id}/activity',
      '/api/v1/steps/{id}/diff',
      '/api/v1/steps/{id}/changes',
    ],
  },
  { title: 'Gates', paths: ['/api/v1/gates', '/api/v1/runs/{id}/gates'] },
  { title: 'Artifacts', paths: ['/api/v1/artifacts', '/api/v1/steps/{id}/artifacts'] },
  { title: 'Events and traces', paths: ['/api/v1/events', '/api/v1/traces'] },
  { title: 'Salvage', paths: ['/api/v1/salvage'] },
  {
    title: 'Executors',
    paths: [
      '/api/v1/executors',
      '/api/v1/compatibility',
      '/api/v1/routing',
      '/api/v1/benchmarks',
      '/api/v1/antigravity',
    ],
  },
  { title: 'Links and tokens', paths: ['/api/v1/links', '/api/v1/tokens'] },
  {
    title: 'The daemon',
    paths: [
      '/health',
      '/version',
      '/metrics',
      '/api/v1/instance',
      '/api/v1/settings',
      '/api/v1/diagnostics',
      '/api/v1/audit',
      '/api/v1/editors',
      '/api/v1/open',
    ],
  },
  {
    title: 'What is said about it',
    paths: ['/openapi.json', '/docs', '/help', '/api/v1/documents', '/api/v1/licences'],
  },
];
