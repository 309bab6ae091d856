import { figure } from '../../figures/figure';
import { figurePng } from '../../notebook/display/figure-png';
import type { DoctorItem } from './diagnose-machine';
import { firstLineOf } from './first-line';

/** Looks whether figures can be drawn as pictures, by drawing one. */
export async function checkPictures(): Promise<DoctorItem[]> {
  const name = 'Pictures';
  const failed = (reason: string): DoctorItem[] => [
    {
      name,
      status: 'warning',
      message: `cannot be drawn, figures are interactive only: ${reason}`,
      mend: 'Install again with optional packages: npm install --include=optional.',
    },
  ];
  try {
    const line = { type: 'scatter', x: [0, 1], y: [0, 1] };
    const { png, warning } = await figurePng(figure({ title: 'A line', data: [line], layout: {} }));
    if (png === undefined) return failed(warning?.message ?? 'no reason given');
    return [{ name, status: 'ok', message: 'figures can be drawn without a browser' }];
  } catch (error) {
    return failed(firstLineOf(error));
  }
}
