import { scriptJson } from '../html';
import type { ExampleGroup, FigureMark } from '../view';

type Part = Pick<FigureMark, 'figure' | 'trace' | 'point'>;

/** Returns the name of a part of a figure: "0/1/6,5" is the point [6, 5] of trace 1 of the view's own figure. */
export const partKey = ({ figure = 0, trace, point }: Part): string => `${figure}/${trace}/${String(point)}`;

/** What the script knows of the parts: what they are called by trace, which show a whole group, what is outlined. */
function partsOf(groups: readonly ExampleGroup[]): Record<string, unknown> {
  const names: Record<string, string> = {};
  const owners: Record<string, number> = {};
  const boxes: Record<string, FigureMark['box']> = {};
  const rings: Record<string, FigureMark['ring']> = {};
  const note = (mark: FigureMark): string => {
    const key = partKey(mark);
    names[`${mark.figure ?? 0}/${mark.trace}`] ??= mark.part;
    if (mark.box) boxes[key] = mark.box;
    if (mark.ring) rings[key] = mark.ring;
    return key;
  };
  groups.forEach(({ marks = [], cardMarks = [] }, i) => {
    for (const mark of marks) owners[note(mark)] = i;
    for (const mark of cardMarks.flat()) note(mark);
  });
  return { names, owners, boxes, rings };
}

/**
 * Returns the script that makes one list of the groups before it, and joins them to the figures of the result as they are drawn:
 * a click on a part shows its group or its cards, or those of a point within 9 pixels, arrow keys go from part to part, Enter goes to the examples. Names reach the
 * page as text only.
 */
export function examplesScript(groups: readonly ExampleGroup[]): string {
  return `<script>(function(){
var here=document.currentScript,section=here&&here.previousElementSibling,parts=${scriptJson(partsOf(groups))};
if(!section)return;
var groups=[].slice.call(section.querySelectorAll('.hunch-group')),cards=[].slice.call(section.querySelectorAll('.hunch-card'));
var more=section.querySelector('.hunch-more'),now='',group=-1,outlines=[],hint='Examples. Choose from the list.',RINGS=60,NEAR=9;
var list=document.createElement('select'),said=document.createElement('div');
groups.forEach(function(group,i){var option=document.createElement('option'),title=group.querySelector('summary');
option.value=String(i);option.textContent=title.textContent;list.appendChild(option);title.style.display='none';section.insertBefore(group,section.lastElementChild);});
if(more)section.removeChild(more);
var inFigure=document.createElement('option');inFigure.value='';inFigure.hidden=true;inFigure.textContent='chosen in the figure';
list.setAttribute('aria-label','Examples of');
said.className='hunch-quiet';said.setAttribute('role','status');
section.insertBefore(list,groups[0]);section.insertBefore(said,list);
function say(words){said.textContent=words;}
function keysOf(card){return (card.getAttribute('data-at')||'').split(' ');}
function owned(i){return Object.keys(parts.owners).filter(function(key){return parts.owners[key]===i;});}
function show(i,chosen){group=i;cards.forEach(function(card){card.hidden=!chosen(card);});
groups.forEach(function(part,k){var any=i>=0?k===i:cards.some(function(card){return !card.hidden&&part.contains(card);});part.hidden=!any;part.open=any;});
outlines.forEach(function(draw){draw();});}
function showGroup(i){list.value=String(i);say(hint);if(parts.owners[now]!==i)now=owned(i)[0]||'';show(i,function(card){return groups[i].contains(card);});}
function nameOf(key){return parts.names[key.split('/').slice(0,2).join('/')]||'part';}
function pick(key,beside){var kept=cards.filter(function(card){return keysOf(card).indexOf(key)>=0;}),n=kept.length;
if(key in parts.owners){now=key;showGroup(parts.owners[key]);return true;}
if(n===0&&beside)return pick(beside);
if(n===0){say('No example of this '+nameOf(key)+' is kept.');return false;}
if(!inFigure.parentNode)list.appendChild(inFigure);list.value='';now=key;show(-1,function(card){return kept.indexOf(card)>=0;});
say((n===1?'The example':n+' examples')+' of this '+nameOf(key)+'.');return true;}
list.addEventListener('change',function(){showGroup(Number(list.value));});
showGroup(0);
function join(drawn,f){var node=drawn.node,library=drawn.library,shapes=(node.layout.shapes||[]).slice(),axes=node._fullLayout||{};
function own(key){return key.indexOf(f+'/')===0;}
var names=[];Object.keys(parts.names).filter(own).forEach(function(key){if(names.indexOf(parts.names[key])<0)names.push(parts.names[key]);});
if(!names.length)return;
var what=names.join(' or ');
if(f===0){hint='Examples. Click a '+what+' of the figure, or choose from the list.';say(hint);}
function outline(){var line={color:getComputedStyle(section).color,width:3},rings=[],added=[];
(group>=0?owned(group):[now]).forEach(function(key){var b=own(key)&&parts.boxes[key];if(b)added.push({type:'rect',x0:b[0],y0:b[1],x1:b[2],y1:b[3],line:line});});
cards.forEach(function(card){if(!card.hidden)keysOf(card).forEach(function(key){if(own(key)&&parts.rings[key])rings.push(parts.rings[key]);});});
if(rings.length<=RINGS)rings.forEach(function(r){added.push({type:'circle',xsizemode:'pixel',ysizemode:'pixel',xanchor:r[0],yanchor:r[1],x0:-7,x1:7,y0:-7,y1:7,line:{color:line.color,width:2}});});
library.relayout(node,{shapes:shapes.concat(added)});}
outlines.push(outline);outline();
function near(x,y){var best='',least=NEAR;
known.forEach(function(key){var to=parts.rings[key]&&middle(key),away=to?Math.hypot(to[0]-x,to[1]-y):Infinity;if(away<least){least=away;best=key;}});return best;}
node.on('plotly_click',function(event){node.focus({preventScroll:true});var hit=event.points[0],key=f+'/'+hit.curveNumber+'/'+String(hit.pointNumber);
var beside=hit.xaxis===axes.xaxis?near(pixel(axes.xaxis,hit.x),pixel(axes.yaxis,hit.y)):'';
if(pick(key,beside)&&f>0)section.scrollIntoView({block:'nearest'});});
function pixel(axis,value){return axis.type==='log'?axis.d2p(value):axis.l2p(value);}
function middle(key){var b=parts.boxes[key],r=parts.rings[key];if(b)r=[(b[0]+b[2])/2,(b[1]+b[3])/2];
return r&&[pixel(axes.xaxis,r[0]),pixel(axes.yaxis,r[1])];}
var known=Object.keys(parts.boxes).concat(Object.keys(parts.rings)).filter(function(key){return own(key)&&
(key in parts.owners||cards.some(function(card){return keysOf(card).indexOf(key)>=0;}));});
function next(dx,dy){var at=own(now)?now:owned(group).filter(own)[0],from=at&&middle(at),best='',least=Infinity;
if(!from)return known[0];
known.forEach(function(key){if(key===at)return;var to=middle(key),x=to[0]-from[0],y=to[1]-from[1],ahead=x*dx+y*dy,aside=Math.abs(dx?y:x);
if(ahead>0.5&&ahead+2*aside<least){least=ahead+2*aside;best=key;}});return best;}
var ARROWS={ArrowLeft:[-1,0],ArrowRight:[1,0],ArrowUp:[0,-1],ArrowDown:[0,1]};
node.classList.add('hunch-clickable');node.tabIndex=0;node.setAttribute('role','group');
node.setAttribute('aria-label','Figure. Arrow keys go from '+names[0]+' to '+names[0]+', Enter goes to its examples.');
node.addEventListener('keydown',function(event){var arrow=ARROWS[event.key];
if(event.key==='Enter'){event.preventDefault();section.scrollIntoView({block:'nearest'});list.focus();return;}
if(!arrow)return;event.preventDefault();event.stopPropagation();var to=next(arrow[0],arrow[1]);if(to)pick(to);});}
var result=section.parentNode;
function meet(box){var f=box.getAttribute('data-figure');if(box.hunchDrawn&&f!==null)join(box.hunchDrawn,Number(f));}
[].forEach.call(result.querySelectorAll('.hunch-figure'),meet);
result.addEventListener('hunch-drawn',function(event){meet(event.target);});
})();</script>`;
}
