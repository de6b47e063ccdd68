// What pages cannot do from the server: dialogs, the clipboard, scrolling, and coming back after the connection was lost.
(() => {
    'use strict';

    window.dotmac = {
        openDialog: dialog => {
            if (!dialog.open) {
                dialog.showModal();
            }
        },
        closeDialog: dialog => dialog.close(),
        scrollToEnd: element => {
            // Who has scrolled back wants to read.
            if (element && element.scrollHeight - element.scrollTop - element.clientHeight < 200) {
                element.scrollTop = element.scrollHeight;
            }
        },
        copy: async text => {
            try {
                await navigator.clipboard.writeText(text);
                return true;
            } catch {
                // Without TLS browsers give no clipboard: select it the old way.
                const area = document.createElement('textarea');
                area.value = text;
                area.setAttribute('readonly', '');
                document.body.append(area);
                area.select();
                const copied = document.execCommand('copy');
                area.remove();
                return copied;
            }
        },
    };

    // A link that skips is for who has no mouse: the focus must skip too.
    document.addEventListener('click', event => {
        if (event.target instanceof Element && event.target.closest('a.skip')) {
            event.preventDefault();
            document.getElementById('main')?.focus();
        }
    });

    const connection = document.getElementById('components-reconnect-modal');
    const retry = document.getElementById('reconnect');

    const reconnect = async () => {
        try {
            // False: the server is there and knows this page no more, after a restart for example.
            if (!await Blazor.reconnect()) {
                location.reload();
            }
        } catch {
            connection?.classList.add('components-reconnect-failed');
        }
    };

    // A server that is there again and knows the session no more refuses the connection without a word: it shows who asks the way to sign in.
    const reloadIfSignedOut = async () => {
        try {
            const answer = await fetch(location.href, { redirect: 'manual', cache: 'no-store', headers: { Accept: 'text/html' } });
            if (answer.type === 'opaqueredirect') {
                location.reload();
            }
        } catch {
            // Not there yet.
        }
    };

    connection?.addEventListener('components-reconnect-state-changed', event => {
        if (event.detail.state === 'rejected') {
            location.reload();
        } else if (event.detail.state === 'retrying') {
            reloadIfSignedOut();
        }
    });
    retry?.addEventListener('click', reconnect);
    document.addEventListener('visibilitychange', () => {
        if (document.visibilityState === 'visible' && connection?.classList.contains('components-reconnect-failed')) {
            reconnect();
        }
    });

    Blazor.start({
        circuit: {
            // A web socket alone needs no replica to remember what another one began.
            configureSignalR: builder => builder.withUrl('_blazor', { skipNegotiation: true, transport: 1 }),
            reconnectionOptions: {
                maxRetries: 1000,
                retryIntervalMilliseconds: attempt => Math.min(500 * 2 ** Math.min(attempt, 4), 5000),
            },
        },
    });
})();
