import type { InstanceId } from '../../../contract/ids.ts';
import { dashboardPath } from '../services/dashboard-path.ts';
import type { HtmlPage } from './html-page.ts';
import { DOCS_STYLE } from './openapi/docs-style.ts';
import { escapeHtml } from './openapi/escape-html.ts';

/** For an address that was kept while its daemon moved to another port, and another daemon to this one. */
export const otherInstancePage = (id: InstanceId): HtmlPage => ({
  title: 'Another daemon · Codencer',
  style: DOCS_STYLE,
  body: `<main><h1>This is another daemon</h1>
<p>The address belongs to a daemon that does not answer here. This one is <code>${escapeHtml(id)}</code>:
<a href="${escapeHtml(dashboardPath(id))}">open its dashboard</a>.</p>
<p>To open the dashboard of a repository, run <code>codencer open</code> in it.</p></main>`,
});
