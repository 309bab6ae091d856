import { scriptJson } from '../html';
import type { ExampleGroup } from '../view';

/**
 * Returns the script that makes one list of the groups before it, and joins them to the figure before that: a click on a
 * part of it shows its group, arrow keys go from part to part, Enter goes to the examples. Names reach the page as text only.
 */
export function examplesScript(groups: readonly ExampleGroup[]): string {
  const what = groups.find(({ mark }) => mark)?.mark?.part ?? 'part';
  const marks = groups.map(({ mark }) => mark ?? null);
  return `<script>(function(){
var here=document.currentScript,section=here&&here.previousElementSibling,marks=${scriptJson(marks)},what=${scriptJson(what)};
if(!section)return;
var groups=[].slice.call(section.querySelectorAll('.hunch-group')),more=section.querySelector('.hunch-more'),now=0,outline=null;
var list=document.createElement('select'),said=document.createElement('div');
groups.forEach(function(group,i){var option=document.createElement('option'),title=group.querySelector('summary');
option.value=String(i);option.textContent=title.textContent;list.appendChild(option);title.style.display='none';section.insertBefore(group,section.lastElementChild);});
if(more)section.removeChild(more);
list.setAttribute('aria-label','Examples of');
said.className='hunch-quiet';said.setAttribute('role','status');
section.insertBefore(list,groups[0]);section.insertBefore(said,list);
function say(words){said.textContent=words;}
function choose(i){now=i;groups.forEach(function(group,k){group.hidden=k!==i;group.open=k===i;});list.value=String(i);if(outline)outline(marks[i]);}
list.addEventListener('change',function(){say(hint);choose(Number(list.value));});
var hint='Examples. Choose from the list.';
say(hint);choose(0);
var box=section.previousElementSibling;
while(box&&!(box.classList&&box.classList.contains('hunch-figure')))box=box.previousElementSibling;
if(!box||!marks.some(Boolean))return;
function same(a,b){return a===undefined||String(a)===String(b);}
function find(trace,point){for(var i=0;i<marks.length;i++)if(marks[i]&&marks[i].trace===trace&&same(marks[i].point,point))return i;return -1;}
function join(drawn){var node=drawn.node,library=drawn.library,shapes=(node.layout.shapes||[]).slice(),axes=node._fullLayout||{};
hint='Examples. Click a '+what+' of the figure, or choose from the list.';say(hint);
outline=function(mark){var own=mark&&mark.box?[{type:'rect',x0:mark.box[0],y0:mark.box[1],x1:mark.box[2],y1:mark.box[3],line:{color:getComputedStyle(section).color,width:3}}]:[];
library.relayout(node,{shapes:shapes.concat(own)});};
outline(marks[now]);
node.on('plotly_click',function(event){var hit=event.points[0],at=find(hit.curveNumber,hit.pointNumber);
if(at<0)say('No example of this '+what+' is kept.');else{say(hint);choose(at);}});
function middle(i){var b=marks[i]&&marks[i].box;return b?[(b[0]+b[2])/2,(b[1]+b[3])/2]:null;}
function turned(axis){var r=axes[axis]&&axes[axis].range;return r&&r[0]>r[1]?-1:1;}
function next(dx,dy){var from=middle(now),best=-1,least=Infinity;
if(!from){return (now+(dx+dy>0?1:marks.length-1))%marks.length;}
marks.forEach(function(mark,i){var to=middle(i);if(!to||i===now)return;
var x=(to[0]-from[0])*turned('xaxis'),y=(to[1]-from[1])*-turned('yaxis'),ahead=x*dx+y*dy,aside=Math.abs(dx?y:x);
if(ahead>1e-9&&ahead+2*aside<least){least=ahead+2*aside;best=i;}});return best;}
var ARROWS={ArrowLeft:[-1,0],ArrowRight:[1,0],ArrowUp:[0,-1],ArrowDown:[0,1]};
node.classList.add('hunch-clickable');node.tabIndex=0;node.setAttribute('role','group');
node.setAttribute('aria-label','Figure. Arrow keys go from '+what+' to '+what+', Enter goes to its examples.');
node.addEventListener('keydown',function(event){var arrow=ARROWS[event.key];
if(event.key==='Enter'){event.preventDefault();section.scrollIntoView({block:'nearest'});list.focus();return;}
if(!arrow)return;event.preventDefault();event.stopPropagation();var to=next(arrow[0],arrow[1]);if(to>=0){say(hint);choose(to);}});}
if(box.hunchDrawn)join(box.hunchDrawn);
else box.addEventListener('hunch-drawn',function(){join(box.hunchDrawn);},{once:true});
})();</script>`;
}
