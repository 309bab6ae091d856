import type { Figure } from '../../figures/figure';
import { escapeHtml, scriptJson } from './html';

/** Options of {@link figureHtml}. */
export interface FigureHtmlOptions {
  /** The picture in base64; shown until, and wherever no, library makes the figure interactive. */
  readonly png?: string;
  /** The name of the element, unique on the page; defaults to none, the script finds its own place. */
  readonly id?: string;
  /** Which of the figures of a result it is, for the examples that belong to its parts. */
  readonly number?: number;
}

/**
 * Returns a figure as a piece of HTML: the picture first, replaced by an interactive figure when
 * {@link plotlyScript} stands anywhere on the same page, before or after. Where there is
 * less room than it is wide it is drawn smaller, down to seven tenths. Once it is drawn the element has `hunchDrawn`
 * ({ node, library }) and gets the event `hunch-drawn`, which its ancestors get too.
 *
 * @param figure a Plotly figure
 * @param options the picture a name for the element, its number
 * @returns HTML without a page around it
 */
export function figureHtml(figure: Figure, options: FigureHtmlOptions = {}): string {
  const title = escapeHtml(figure.title);
  const first = options.png
    ? `<img alt="${title}" style="max-width:100%;width:720px" src="data:image/png;base64,${options.png.replace(/\s/g, '')}">`
    : `<p>${title}</p>`;
  const id = options.id === undefined ? '' : ` id="${escapeHtml(options.id)}"`;
  const number = options.number === undefined ? '' : ` data-figure="${options.number}"`;
  const drawn = scriptJson({ data: figure.data, layout: figure.layout, config: figure.config });
  return `<div class="hunch-figure"${id}${number}>${first}</div><script>(function(){
var box=document.currentScript&&document.currentScript.previousElementSibling,figure=${drawn};
if(!box)return;
function fit(node){var wide=figure.layout.width,high=figure.layout.height,room=box.clientWidth;
if(!wide||!high||!room||room>=wide)return;var scale=Math.max(0.7,room/wide);
node.style.cssText='width:'+wide+'px;transform-origin:0 0;transform:scale('+scale+')';box.style.height=scale*high+'px';}
function draw(library){var node=document.createElement('div');box.appendChild(node);fit(node);
return library.newPlot(node,figure.data,figure.layout,figure.config).then(function(){
while(box.firstChild!==node)box.removeChild(box.firstChild);
box.hunchDrawn={node:node,library:library};box.dispatchEvent(new Event('hunch-drawn',{bubbles:true}));},function(){box.removeChild(node);});}
function wait(){if(window.hunchPlotly)window.hunchPlotly.then(draw,function(){});else if(window.Plotly)draw(window.Plotly);}
function begin(){if(window.hunchPlotly||window.Plotly||document.readyState==='complete')wait();
else document.addEventListener('DOMContentLoaded',wait);}
var fold=box.closest('details');
if(fold&&!fold.open)fold.addEventListener('toggle',begin,{once:true});else begin();
})();</script>`;
}
