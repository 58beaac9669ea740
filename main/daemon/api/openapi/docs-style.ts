/** Of `/docs`. The page's policy names the hash of exactly this. */
export const DOCS_STYLE = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; --soft: #f4f4f7; --link: #0b57d0; }
@media (prefers-color-scheme: dark) { :root { --soft: #26262b; --link: #8ab4f8; } }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
nav { position: sticky; top: 0; padding: .5rem 0; background: Canvas; border-bottom: 1px solid GrayText; }
nav a { margin-right: .75rem; }
article { margin: 1.5rem 0; padding-left: 1rem; border-left: 3px solid GrayText; }
a { color: var(--link); }
h2 { margin-top: 3rem; }
h3 code { font-size: 16px; font-weight: 600; padding: 0; background: none; }
h4 { margin: .75rem 0 .25rem; color: GrayText; font-weight: normal; }
code { font: 13px/1.4 ui-monospace, monospace; overflow-wrap: anywhere; background: var(--soft); border-radius: 3px; padding: .1em .3em; }
td:first-child code { overflow-wrap: normal; white-space: nowrap; }
table { border-collapse: collapse; }
td { padding: .15rem 1rem .15rem 0; vertical-align: top; }
`;
