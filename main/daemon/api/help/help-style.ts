/** Of `/help`. The policy of its pages names the hash of exactly this. */
export const HELP_STYLE = `
:root { color-scheme: light dark; font: 16px/1.6 system-ui, sans-serif; --line: #d0d0d8; --soft: #f4f4f7; --link: #0b57d0; }
@media (prefers-color-scheme: dark) { :root { --line: #44444c; --soft: #26262b; --link: #8ab4f8; } }
body { max-width: 66rem; margin: 1rem auto 4rem; padding: 0 1rem; }
a { color: var(--link); }
nav { display: flex; flex-wrap: wrap; gap: .25rem 1rem; padding: .5rem 0; border-bottom: 1px solid var(--line); font-size: .9rem; }
nav a { text-decoration: none; }
nav a[aria-current] { color: inherit; font-weight: 600; }
h1, h2, h3, h4 { line-height: 1.25; margin: 2rem 0 .75rem; overflow-wrap: anywhere; }
h2 { padding-bottom: .25rem; border-bottom: 1px solid var(--line); }
h3 { margin-top: 2.5rem; }
.anchor { text-decoration: none; opacity: .35; font-weight: normal; }
.anchor:hover, .anchor:focus { opacity: 1; }
code { font: .875em/1.5 ui-monospace, monospace; background: var(--soft); border-radius: 3px; padding: .1em .3em; overflow-wrap: anywhere; }
pre { background: var(--soft); border-radius: 6px; padding: .75rem 1rem; overflow-x: auto; }
td { min-width: 4.5rem; }
td:first-child code { overflow-wrap: normal; }
td:nth-child(3):last-child, td:nth-child(5):last-child { min-width: 16rem; }
pre code { padding: 0; overflow-wrap: normal; }
table { display: block; overflow-x: auto; border-collapse: collapse; margin: 1rem 0; }
th, td { text-align: left; vertical-align: top; padding: .35rem .75rem; border: 1px solid var(--line); }
th { background: var(--soft); }
footer { display: flex; justify-content: space-between; gap: 1rem; margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--line); }
`;
