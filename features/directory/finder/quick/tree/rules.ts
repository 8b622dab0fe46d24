/** Slots that are looked at together: one bit each of a 32-bit word. */
export const blockSize = 32;

/** Metres from the middle of the earth, as `onEarth` gives them. */
export type Spot = readonly [x: number, y: number, z: number];

/**
 * Spots in blocks of neighbours, and a binary tree over the blocks. Straight lines through the earth know neither a date line nor poles.
 * A node over `m` blocks is followed by its left part (⌊m/2⌋ blocks, so 2⌊m/2⌋ − 1 nodes) and then by its right part.
 */
export type Tree = {
  readonly blocks: number;
  /** Which of the given spots stands in each slot; slot `32 b + i` is in block `b`. */
  readonly order: Uint32Array;
  /** Three coordinates a slot. */
  readonly at: Float64Array;
  /** The least and the greatest of each coordinate under a node: six numbers. */
  readonly boxes: Float64Array;
};

/** `points`: three coordinates each. */
export function treeOf(points: Float64Array): Tree {
  const count = points.length / 3;
  const blocks = Math.ceil(count / blockSize);
  const nodes = Math.max(0, 2 * blocks - 1);
  const order = Uint32Array.from({ length: count }, (_, index) => index);
  const boxes = new Float64Array(6 * nodes);
  const split = (node: number, low: number, high: number): void => {
    const [from, to] = [low * blockSize, Math.min(count, high * blockSize)];
    const axis = bound(points, order.subarray(from, to), boxes.subarray(6 * node, 6 * node + 6));
    if (high - low < 2) return;
    const middle = (low + high) >> 1;
    select(order, points, axis, from, to - 1, middle * blockSize);
    split(node + 1, low, middle);
    split(node + 2 * (middle - low), middle, high);
  };
  if (blocks > 0) split(0, 0, blocks);
  const at = new Float64Array(3 * count);
  for (let slot = 0; slot < count; slot++) for (let axis = 0; axis < 3; axis++) at[3 * slot + axis] = points[3 * (order[slot] ?? 0) + axis] ?? 0;
  return { blocks, order, at, boxes };
}

/** Writes the box of these points and answers along which axis it is widest. */
function bound(points: Float64Array, some: Uint32Array, box: Float64Array): number {
  let widest = 0;
  for (let axis = 0; axis < 3; axis++) {
    let [least, greatest] = [Infinity, -Infinity];
    for (const index of some) {
      const value = points[3 * index + axis] ?? 0;
      if (value < least) least = value;
      if (value > greatest) greatest = value;
    }
    box[axis] = least;
    box[3 + axis] = greatest;
    if (greatest - least > (box[3 + widest] ?? 0) - (box[widest] ?? 0)) widest = axis;
  }
  return widest;
}

/** Hoare's quickselect: afterwards none before `wanted` is greater, none behind it smaller. */
function select(order: Uint32Array, points: Float64Array, axis: number, from: number, to: number, wanted: number): void {
  const value = (place: number) => points[3 * (order[place] ?? 0) + axis] ?? 0;
  while (from < to) {
    const pivot = value((from + to) >> 1);
    let [left, right] = [from, to];
    while (left <= right) {
      while (value(left) < pivot) left++;
      while (value(right) > pivot) right--;
      if (left > right) break;
      const swapped = order[left] ?? 0;
      order[left++] = order[right] ?? 0;
      order[right--] = swapped;
    }
    if (wanted <= right) to = right;
    else if (wanted >= left) from = left;
    else return;
  }
}

/** The square of the straight line from a spot to the nearest corner, edge or side of a node's box; 0 inside. */
function away({ boxes }: Tree, node: number, spot: Spot): number {
  const at = 6 * node;
  const [x, y, z] = [spot[0], spot[1], spot[2]];
  const dx = Math.max(0, boxes[at]! - x, x - boxes[at + 3]!);
  const dy = Math.max(0, boxes[at + 1]! - y, y - boxes[at + 4]!);
  const dz = Math.max(0, boxes[at + 2]! - z, z - boxes[at + 5]!);
  return dx * dx + dy * dy + dz * dz;
}

/** The square of the straight line from a spot to a slot's own. */
export function lineTo({ at }: Tree, slot: number, spot: Spot): number {
  // Neither taken apart nor raised to a power: thousands of these make up much of a search.
  const [dx, dy, dz] = [spot[0] - at[3 * slot]!, spot[1] - at[3 * slot + 1]!, spot[2] - at[3 * slot + 2]!];
  return dx * dx + dy * dy + dz * dz;
}

export type Walk = {
  readonly from: Spot;
  /** The square of the line beyond which nothing is wanted any more; shrinks as things are found. */
  readonly reach: () => number;
  /** Is there anything wanted in the blocks from `low` to before `high`? */
  readonly isAny: (low: number, high: number) => boolean;
  readonly visit: (block: number) => void;
};

/** Visits blocks, near ones first, that may hold something within reach. */
export function walk(tree: Tree, { from, reach, isAny, visit }: Walk): void {
  const enter = (node: number, low: number, high: number, line: number): void => {
    if (line > reach() || !isAny(low, high)) return;
    if (high - low === 1) return visit(low);
    const middle = (low + high) >> 1;
    const [left, right] = [node + 1, node + 2 * (middle - low)];
    const [toLeft, toRight] = [away(tree, left, from), away(tree, right, from)];
    if (toLeft <= toRight) {
      enter(left, low, middle, toLeft);
      enter(right, middle, high, toRight);
    } else {
      enter(right, middle, high, toRight);
      enter(left, low, middle, toLeft);
    }
  };
  if (tree.blocks > 0) enter(0, 0, tree.blocks, away(tree, 0, from));
}
