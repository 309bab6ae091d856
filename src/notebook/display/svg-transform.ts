/** A rectangle in pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

type Point = readonly [number, number];

function turn([x, y]: Point, degrees: number, [cx, cy]: Point): Point {
  const angle = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return [cx + cos * (x - cx) - sin * (y - cy), cy + sin * (x - cx) + cos * (y - cy)];
}

function move(point: Point, name: string, [a, b, c]: readonly number[]): Point {
  const [x, y] = point;
  if (name === 'translate') return [x + a, y + (b ?? 0)];
  if (name === 'scale') return [x * a, y * (b ?? a)];
  return turn(point, a, [b ?? 0, c ?? 0]);
}

/** Returns the upright rectangle around a box after an SVG `transform` of moves, turns and scales, the last one first. */
export function transformBox(box: Box, transform: string | null): Box {
  const steps = [...(transform ?? '').matchAll(/(translate|rotate|scale)\(([^)]*)\)/g)].reverse();
  if (steps.length === 0) return box;
  const corners: Point[] = [
    [box.x, box.y],
    [box.x + box.width, box.y],
    [box.x, box.y + box.height],
    [box.x + box.width, box.y + box.height],
  ];
  const moved = corners.map((corner) =>
    steps.reduce(
      (at, [, name, numbers]) =>
        move(
          at,
          name,
          numbers
            .trim()
            .split(/[\s,]+/)
            .map(Number),
        ),
      corner,
    ),
  );
  const xs = moved.map(([x]) => x);
  const ys = moved.map(([, y]) => y);
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}
