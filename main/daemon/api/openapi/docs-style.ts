/** Of `/docs`. The page's policy names the hash of exactly this. */
export const DOCS_STYLE = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
nav { position: sticky; top: 0; padding: .5rem 0; background: Canvas; border-bottom: 1px solid GrayText; }
nav a { margin-right: .75rem; }
article { margin: 1.5rem 0; padding-left: 1rem; border-left: 3px solid GrayText; }
h2 { margin-top: 3rem; }
h4 { margin: .75rem 0 .25rem; color: GrayText; font-weight: normal; }
code { font: 13px/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }
table { border-collapse: collapse; }
td { padding: .15rem 1rem .15rem 0; vertical-align: top; }
`;
