package jp.madoguchi.app

import android.app.Activity
import android.content.ActivityNotFoundException
import android.content.ClipData
import android.content.Intent
import android.net.Uri
import androidx.core.content.FileProvider
import app.tauri.annotation.Command
import app.tauri.annotation.InvokeArg
import app.tauri.annotation.TauriPlugin
import app.tauri.plugin.Invoke
import app.tauri.plugin.Plugin
import java.io.File
import java.io.IOException

@InvokeArg
class ViewArgs {
  lateinit var path: String
  lateinit var mediaType: String
}

@InvokeArg
class SendArgs {
  lateinit var path: String
  lateinit var mediaType: String
  lateinit var title: String
}

@InvokeArg
class ShareArgs {
  lateinit var title: String
  lateinit var text: String
}

/** Android's side of src-tauri/src/device. Only the core calls it: no capability lets the screens. */
@TauriPlugin
class DevicePlugin(private val activity: Activity) : Plugin(activity) {
  /** Shows a file in the app that the phone has for its kind. That app may read this one file, and nothing else. */
  @Command
  fun view(invoke: Invoke) {
    val args = invoke.parseArgs(ViewArgs::class.java)
    val uri = shown(invoke, args.path) ?: return
    val intent = Intent(Intent.ACTION_VIEW)
      .setDataAndType(uri, args.mediaType)
      .addFlags(Intent.FLAG_GRANT_READ_URI_PERMISSION)
    start(invoke, intent, "no app on this phone shows ${args.mediaType}")
  }

  /** Opens the share sheet with a file. Who takes it may read this one file. */
  @Command
  fun send(invoke: Invoke) {
    val args = invoke.parseArgs(SendArgs::class.java)
    val uri = shown(invoke, args.path) ?: return
    val send = Intent(Intent.ACTION_SEND)
      .setType(args.mediaType)
      .putExtra(Intent.EXTRA_TITLE, args.title)
      .putExtra(Intent.EXTRA_SUBJECT, args.title)
      .putExtra(Intent.EXTRA_STREAM, uri)
      .addFlags(Intent.FLAG_GRANT_READ_URI_PERMISSION)
    // The sheet itself draws what is sent, and may read it by this.
    send.clipData = ClipData.newRawUri(args.title, uri)
    start(invoke, Intent.createChooser(send, null), "no app on this phone takes ${args.mediaType}")
  }

  /** Opens the share sheet with a text. */
  @Command
  fun share(invoke: Invoke) {
    val args = invoke.parseArgs(ShareArgs::class.java)
    val send = Intent(Intent.ACTION_SEND)
      .setType("text/plain")
      .putExtra(Intent.EXTRA_TITLE, args.title)
      .putExtra(Intent.EXTRA_SUBJECT, args.title)
      .putExtra(Intent.EXTRA_TEXT, args.text)
    start(invoke, Intent.createChooser(send, null), "no app on this phone takes a text")
  }

  /** The address by which another app may read the file; a file that may not be shown is refused. */
  private fun shown(invoke: Invoke, path: String): Uri? {
    val file = shown(path)
    if (file == null) {
      invoke.reject("not one of the files that may be shown", "not-shown")
      return null
    }
    return FileProvider.getUriForFile(activity, "${activity.packageName}.fileprovider", file)
  }

  /** The file, when it lies in the folder that `res/xml/file_paths.xml` names, and is no link that leads out of it. */
  private fun shown(path: String): File? =
    try {
      val folder = File(activity.cacheDir, "shown").canonicalFile
      File(path).canonicalFile.takeIf { it.parentFile == folder && it.isFile }
    } catch (_: IOException) {
      null
    }

  private fun start(invoke: Invoke, intent: Intent, otherwise: String) {
    try {
      activity.startActivity(intent)
      invoke.resolve()
    } catch (_: ActivityNotFoundException) {
      invoke.reject(otherwise, "no-app")
    }
  }
}
