// The live view in the browser: the entry of its bundle.

document.body.dataset['loaded'] = 'true';
