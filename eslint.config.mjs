import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** The folders of src, from the ground up. A folder may import those before it, never those after it. */
const LAYERS = [
  'core', 'stats', 'data', 'metrics', 'engine', 'build', 'look', 'confirm', 'suspect', 'systems', 'record',
  'figures', 'notebook', 'cli',
]; // prettier-ignore

const importsOf = (folders) => `^(\\.\\./)+(${folders.join('|')})(/|$)`;

function layerRule(layer, position) {
  const patterns = [];
  const below = LAYERS.slice(position + 1);
  if (below.length > 0) {
    patterns.push({
      regex: importsOf(below),
      message: `src/${layer} may only import the folders above it (docs/architecture.md).`,
    });
  }
  if (layer === 'figures') {
    const results = LAYERS.slice(1, position);
    patterns.push({
      regex: importsOf(results),
      allowTypeImports: true,
      message: 'Figures know result types only.',
    });
  }
  if (layer !== 'engine' && layer !== 'build') {
    patterns.push({
      regex: '^@tensorflow/',
      allowTypeImports: true,
      message: 'Only engine and build import TensorFlow.js.',
    });
  }
  if (layer !== 'notebook') {
    patterns.push({
      regex: '^(plotly|jsdom|tslab|zeromq|@resvg|@napi-rs|markdown-it)',
      message: 'Only notebook knows kernels, HTML and Plotly.',
    });
  }
  return {
    files: [`src/${layer}/**/*.ts`, `test/fixtures/layers/src/${layer}/**/*.ts`],
    rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns }] },
  };
}

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'node_modules/',
      'coverage/',
      '.artifacts/',
      '.venv/',
      'test/fixtures/layers/',
      'src/engine/kernels/',
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    files: ['**/*.ts'],
    rules: {
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-require-imports': 'off',
      '@typescript-eslint/no-dynamic-delete': 'off',
      'no-console': 'error',
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Every random function takes a seed (core/random).' },
      ],
    },
  },
  {
    files: ['**/*.cjs', '**/*.mjs'],
    languageOptions: {
      globals: {
        require: 'readonly',
        module: 'writable',
        process: 'readonly',
        console: 'readonly',
        __dirname: 'readonly',
        Buffer: 'readonly',
        setTimeout: 'readonly',
        performance: 'readonly',
        URL: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
        clearTimeout: 'readonly',
        fetch: 'readonly',
      },
    },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  ...LAYERS.map(layerRule),
);
