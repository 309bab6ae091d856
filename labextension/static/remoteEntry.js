/* global document, window */
// A module-federation container written by hand: it exposes one MIME extension and needs no build step.
(function () {
  const NAME = 'hunch-plotly';
  const MIME = 'application/vnd.plotly.v1+json';
  const folder = document.currentScript.src.replace(/[^/]*$/, '');
  let shared;
  let library;

  function load() {
    library ??= window.Plotly
      ? Promise.resolve(window.Plotly)
      : new Promise((resolve, reject) => {
          const script = document.createElement('script');
          script.src = `${folder}plotly.min.js`;
          script.onload = () => resolve(window.Plotly);
          script.onerror = () => reject(new Error(`${script.src} cannot be loaded`));
          document.head.appendChild(script);
        });
    return library;
  }

  // Figures within HTML ask for the library here: it is loaded when the first of them is shown.
  if (!window.hunchPlotly) Object.defineProperty(window, 'hunchPlotly', { configurable: true, get: load });

  async function makeExtension() {
    const [widgets] = Object.values(shared['@lumino/widgets']);
    const { Widget } = (await widgets.get())();

    class PlotlyOutput extends Widget {
      async renderModel(model) {
        const { data, layout = {}, config = {} } = model.data[MIME];
        const plotly = await load();
        if (this.isDisposed) return;
        if (layout.height) this.node.style.minHeight = `${layout.height}px`;
        await plotly.react(this.node, data, { ...layout }, config);
      }

      onResize() {
        const { layout } = this.node;
        if (window.Plotly && layout && layout.autosize && this.isVisible)
          window.Plotly.Plots.resize(this.node);
      }

      dispose() {
        if (window.Plotly) window.Plotly.purge(this.node);
        super.dispose();
      }
    }

    return {
      __esModule: true,
      default: {
        id: `${NAME}:mime`,
        description: 'Draws Plotly figures',
        rendererFactory: { safe: true, mimeTypes: [MIME], createRenderer: () => new PlotlyOutput() },
        rank: 0,
        dataType: 'json',
      },
    };
  }

  window._JUPYTERLAB ??= {};
  window._JUPYTERLAB[NAME] = {
    init: async (scope) => {
      shared = scope;
    },
    get: async (module) => {
      if (module !== './mimeExtension') throw new Error(`${NAME} has no module ${module}`);
      const extension = await makeExtension();
      return () => extension;
    },
  };
})();
