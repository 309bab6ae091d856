/** The looks of an exported page: light and dark, wide and narrow, screen and paper. */
export const PAGE_STYLE = `
:root{color-scheme:light dark;--fg:#1b1f24;--bg:#fff;--soft:#f5f6f8;--line:#dfe3e8;--quiet:#667080;--key:#8250df;--str:#0a6b3d;--num:#0550ae;--bad:#b42318}
@media (prefers-color-scheme:dark){:root{--fg:#e3e6ea;--bg:#14171b;--soft:#1d2127;--line:#333a44;--quiet:#98a2b0;--key:#c8a6ff;--str:#7fd6a8;--num:#8cc1ff;--bad:#ff8f85}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--fg);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
main{max-width:860px;margin:0 auto;padding:24px 16px 64px}
h1{font-size:1.8em;line-height:1.2}h2{font-size:1.3em;margin:2em 0 .4em}
a{color:inherit}
pre{font:13px/1.5 ui-monospace,SFMono-Regular,Menlo,"DejaVu Sans Mono",monospace;margin:0;white-space:pre-wrap;overflow-wrap:anywhere}
p code,li code{font:.88em ui-monospace,Menlo,"DejaVu Sans Mono",monospace;background:var(--soft);padding:.1em .3em;border-radius:3px}
.input{display:grid;grid-template-columns:3.2em 1fr;background:var(--soft);border:1px solid var(--line);border-radius:6px;padding:10px 12px 10px 0;margin:1em 0 .5em}
.count{color:var(--quiet);font:12px/1.6 ui-monospace,monospace;text-align:right;padding-right:12px;user-select:none}
.keyword{color:var(--key)}.string{color:var(--str)}.number{color:var(--num)}.comment{color:var(--quiet);font-style:italic}
.output{margin:.4em 0 1.2em;overflow-x:auto}
.output img{max-width:100%;height:auto}
.stderr,.error{color:var(--bad)}
.hunch-figure{min-height:120px}
footer{color:var(--quiet);font-size:13px;border-top:1px solid var(--line);margin-top:3em;padding-top:1em}
@media (max-width:600px){.input{grid-template-columns:1fr;padding:10px 12px}.count{text-align:left}}
@media print{.input{break-inside:avoid}.output{break-inside:avoid}}
`;
