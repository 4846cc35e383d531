// The style of the landing page: light and dark, from 320 pixels up, on screen and on paper.

/**
 * All colours are in the variables, and a test holds each text to 4.5:1 on each background (WCAG 2.2, 1.4.3). Colour never
 * says anything alone: where a browser replaces the colours, the words are left.
 */
export const STYLE = `
:root { color-scheme: light; --text: #1b1f24; --faint: #57606a; --page: #ffffff; --panel: #f4f6f8; --line: #d0d7de; --link: #0757ba; --good: #116329; --bad: #b3261e; }
@media screen and (prefers-color-scheme: dark) {
  :root { color-scheme: dark; --text: #e6edf3; --faint: #9aa4af; --page: #12161b; --panel: #1b2128; --line: #343b44; --link: #79b8ff; --good: #6bd98a; --bad: #ff8a80; }
}
body { margin: 0 auto; max-width: 46rem; padding: 2rem 1rem; font: 1rem/1.5 system-ui, sans-serif; color: var(--text); background: var(--page); overflow-wrap: break-word; }
h1 { margin: 0; font-size: 1.7rem; line-height: 1.2; }
h2 { margin: 2rem 0 0.5rem; font-size: 1.15rem; }
p { margin: 0.5rem 0; }
a { color: var(--link); }
a:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
ul { margin: 0; padding: 0.5rem 1rem; list-style: none; background: var(--panel); border: 1px solid var(--line); border-radius: 0.4rem; }
li { padding: 0.25rem 0; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0.25rem 1.25rem; margin: 0 0 1rem; }
dt { color: var(--faint); }
dd { margin: 0; }
table { border-collapse: collapse; width: 100%; }
caption { padding-bottom: 0.25rem; text-align: left; color: var(--faint); }
th, td { padding: 0.3rem 0.75rem 0.3rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
thead th { border-bottom-width: 2px; }
tbody th { font-weight: normal; }
td { overflow-wrap: anywhere; }
th:last-child, td:last-child { padding-right: 0; text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
footer { margin-top: 2rem; padding-top: 0.5rem; border-top: 1px solid var(--line); }
.faint, footer { color: var(--faint); }
.good { color: var(--good); }
.bad { color: var(--bad); font-weight: bold; }
@media (max-width: 30rem) {
  dl { display: block; }
  dd { margin-bottom: 0.25rem; }
  th, td { padding-right: 0.4rem; font-size: 0.9rem; }
}
@media print {
  body { max-width: none; padding: 0; }
  section { break-inside: avoid; }
}
`;
