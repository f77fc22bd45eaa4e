package jp.madoguchi.app

import android.content.res.Configuration
import android.os.Bundle
import android.view.View
import android.webkit.WebView
import androidx.activity.enableEdgeToEdge
import androidx.core.graphics.Insets
import androidx.core.view.ViewCompat
import androidx.core.view.WindowInsetsCompat
import androidx.core.view.WindowInsetsCompat.Type
import androidx.webkit.WebViewCompat

class MainActivity : TauriActivity() {
  /** From 144 a web view gives `env(safe-area-inset-…)` to the screens wherever it lies; before, they would be 0. */
  private val webViewKnowsSafeAreas by lazy {
    val version = WebViewCompat.getCurrentWebViewPackage(this)?.versionName ?: ""
    (version.substringBefore('.').toIntOrNull() ?: 0) >= 144
  }

  override fun onCreate(savedInstanceState: Bundle?) {
    enableEdgeToEdge()
    super.onCreate(savedInstanceState)
    ViewCompat.setOnApplyWindowInsetsListener(findViewById<View>(android.R.id.content)) { content, insets ->
      fit(content, insets)
    }
  }

  /** The web view comes into a window that has told its insets already. */
  override fun onWebViewCreate(webView: WebView) {
    webView.post { webView.requestApplyInsets() }
  }

  /** The activity lives on when the phone turns to night: what shows behind the bars, and their icons, turn here. */
  override fun onConfigurationChanged(newConfig: Configuration) {
    super.onConfigurationChanged(newConfig)
    enableEdgeToEdge()
    window.setBackgroundDrawableResource(R.color.canvas)
  }

  /**
   * Keeps the screens clear of bars, cutout and keyboard. Drawing edge to edge, `adjustResize` alone resizes nothing: the
   * keyboard's height is padding below the web view, so that a field and what stands at the bottom move above it.
   */
  private fun fit(content: View, insets: WindowInsetsCompat): WindowInsetsCompat {
    val keyboard = insets.getInsets(Type.ime()).bottom
    if (!webViewKnowsSafeAreas) {
      val bars = insets.getInsets(Type.systemBars() or Type.displayCutout())
      content.setPadding(bars.left, bars.top, bars.right, maxOf(bars.bottom, keyboard))
      return WindowInsetsCompat.CONSUMED
    }
    content.setPadding(0, 0, 0, keyboard)
    // A newer web view would make room for the keyboard a second time.
    val left = WindowInsetsCompat.Builder(insets).setInsets(Type.ime(), Insets.NONE)
    if (keyboard > 0) {
      // The bar at the bottom lies behind the keyboard.
      val bar = insets.getInsets(Type.navigationBars())
      left.setInsets(Type.navigationBars(), Insets.of(bar.left, bar.top, bar.right, 0))
    }
    return left.build()
  }
}
