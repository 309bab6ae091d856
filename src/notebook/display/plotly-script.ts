import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { plotlyFile } from './plotly-file';

let cached: string | undefined;

/**
 * Returns the script element that brings Plotly to a page once, packed, from the page itself: works offline and from
 * a file. Figures of {@link figureHtml} find it through one promise, `window.hunchPlotly`, wherever it stands.
 *
 * @returns about half a megabyte of HTML
 */
export function plotlyScript(): string {
  cached ??= `<script>window.hunchPlotly=window.hunchPlotly||(async function(){
var packed=Uint8Array.from(atob("${gzipSync(readFileSync(plotlyFile()), { level: 9 }).toString('base64')}"),function(c){return c.charCodeAt(0)});
var source=await new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'))).text();
var define=window.define;window.define=undefined;
try{(0,eval)(source);}finally{window.define=define;}
return window.Plotly;})();window.hunchPlotly.catch(function(){});</script>`;
  return cached;
}
