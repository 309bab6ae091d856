/** The style of an exported page: narrow and wide screens, light and dark, paper. */
export const PAGE_STYLE = `:root{color-scheme:light dark;--ground:#fff;--words:#1b1b1b;--quiet:#666;--code:#f5f6f7;--line:#d9dce0;--keyword:#0b5fa5;--string:#2b7a3d;--comment:#6a737d;--number:#a4500f;--error:#b3261e}
@media (prefers-color-scheme:dark){:root{--ground:#16181b;--words:#e4e6e8;--quiet:#9aa0a6;--code:#1f2226;--line:#383c42;--keyword:#7cbcf5;--string:#8fd19e;--comment:#8b949e;--number:#f0b27a;--error:#ff8a80}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--words);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
main{max-width:960px;margin:0 auto;padding:24px 16px 64px}
h1,h2,h3{line-height:1.25;margin:1.6em 0 .5em}h1{font-size:1.8em;margin-top:.4em}
a{color:var(--keyword)}img{max-width:100%;height:auto}
.markdown{overflow-wrap:anywhere}
.markdown pre,.source{background:var(--code);border:1px solid var(--line);border-radius:6px;padding:10px 12px}
pre,code{font:13px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
pre{margin:0;overflow-x:auto;max-width:100%}.markdown code{background:var(--code);padding:1px 4px;border-radius:3px}.markdown pre code{padding:0}
.cell{margin:18px 0}.prompt{color:var(--quiet);font-size:12px;margin-bottom:2px}
.source .k{color:var(--keyword)}.source .s{color:var(--string)}.source .c{color:var(--comment);font-style:italic}.source .n{color:var(--number)}
.output{margin-top:8px;overflow-x:auto}.output>*{max-width:100%}
.text{white-space:pre-wrap;overflow-wrap:anywhere}.stderr{color:var(--quiet);border-left:3px solid var(--line);padding-left:10px}
.error{color:var(--error);border-left:4px solid var(--error);padding-left:10px}
table{border-collapse:collapse}.markdown th,.markdown td{border:1px solid var(--line);padding:4px 10px}
@media print{:root{--ground:#fff;--words:#000;--code:#fff}main{max-width:none;padding:0}.output,pre{overflow:visible;white-space:pre-wrap}.hunch-figure,img{break-inside:avoid}}`;
